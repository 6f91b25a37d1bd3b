/**
 * `sockscope mcp`: the tools of `src/mcp` over the Model Context Protocol, on standard input and output.
 *
 * In: requests of the protocol. Out: answers as text and as structured content; ends with its client. What goes to the
 * console would corrupt the protocol, so it goes to standard error.
 */
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { textOf, ToolServer } from '../mcp/server';
import { nodeIo } from './node-io';

console.log = console.error;
const io = nodeIo(__filename, () => false);
const tools = new ToolServer(io);
const server = new Server({ name: 'sockscope', version: io.version }, { capabilities: { tools: {} } });
server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: tools.list() }));
server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
  const answer = await tools.call(params.name, params.arguments ?? {});
  return { content: [{ type: 'text', text: textOf(answer) }], isError: answer.isError };
});
process.stdin.on('end', () => process.exit(0));
void server.connect(new StdioServerTransport());
