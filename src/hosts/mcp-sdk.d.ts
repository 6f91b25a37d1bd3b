/** As much of the Model Context Protocol's SDK as is used here: its own types take a type checker's minute. */
declare module '@modelcontextprotocol/sdk/server/index.js' {
  export class Server {
    constructor(about: { name: string; version: string }, options: { capabilities: object });
    setRequestHandler<R>(schema: { readonly handles: R }, handler: (request: R) => object | Promise<object>): void;
    connect(transport: object): Promise<void>;
  }
}
declare module '@modelcontextprotocol/sdk/server/stdio.js' {
  export class StdioServerTransport {
    onclose?: () => void;
  }
}
declare module '@modelcontextprotocol/sdk/types.js' {
  export const ListToolsRequestSchema: { readonly handles: object };
  export const CallToolRequestSchema: {
    readonly handles: { readonly params: { readonly name: string; readonly arguments?: unknown } };
  };
}
