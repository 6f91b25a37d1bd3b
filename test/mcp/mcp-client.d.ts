/** As much of the SDK's client as the tests use. */
declare module '@modelcontextprotocol/sdk/client/index.js' {
  export class Client {
    constructor(about: { name: string; version: string });
    connect(transport: object): Promise<void>;
    listTools(): Promise<{
      tools: { name: string; description: string; inputSchema: { required: string[] }; annotations: object }[];
    }>;
    callTool(
      request: { name: string; arguments: object },
      schema?: undefined,
      options?: { timeout: number },
    ): Promise<{ content: { type: string; text: string }[]; isError: boolean }>;
    close(): Promise<void>;
  }
}
declare module '@modelcontextprotocol/sdk/client/stdio.js' {
  export class StdioClientTransport {
    constructor(server: { command: string; args: string[]; env: Record<string, string>; stderr?: 'inherit' });
  }
}
