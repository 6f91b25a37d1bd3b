/**
 * What a call of the library costs at least, in bytes gone over: it leaves compiled code and comes back, which takes as
 * long as a dozen statements. So a loop of such calls ends by its budget as soon as one of statements.
 */
export const CALL_BYTES = 256;
