/**
 * Entry of the inspector's page: puts the inspector into the body and connects it with the extension.
 *
 * In: `message` events of the window. Out: one `<sockscope-inspector>`. Bundled to `dist/inspector.js` and
 * `dist/inspector.css`.
 */
import './styles/inspector.css';
import { Channel, type VsCodeApi } from './channel';
import { InspectorApp } from './inspector-app';

declare function acquireVsCodeApi(): VsCodeApi;

const app =
  document.querySelector<InspectorApp>(InspectorApp.tag) ?? (document.createElement(InspectorApp.tag) as InspectorApp);
app.connect(new Channel(acquireVsCodeApi()));
if (!app.isConnected) {
  document.body.append(app);
}
