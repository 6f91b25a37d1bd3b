/**
 * The English catalogue, put together from its parts: it says which sentences there are and what each inserts. Other
 * languages are one file each (`zh.json`), with the same ids.
 */
import { annotations } from './english/annotations';
import { branches } from './english/branches';
import { debugging } from './english/debugging';
import { documents } from './english/documents';
import { faults } from './english/faults';
import { history } from './english/history';
import { preprocessingAndSyntax } from './english/preprocessing-and-syntax';
import { scenariosAndFiles } from './english/scenarios-and-files';
import { scripts } from './english/scripts';
import { typesAndExpressions } from './english/types-and-expressions';
import { values } from './english/values';

export const english = {
  ...preprocessingAndSyntax,
  ...typesAndExpressions,
  ...scenariosAndFiles,
  ...scripts,
  ...annotations,
  ...documents,
  ...faults,
  ...values,
  ...branches,
  ...history,
  ...debugging,
} as const;
