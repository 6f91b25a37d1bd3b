/**
 * The HTML page of the inspector's webview: a shell without inline script or style, everything else is
 * `dist/inspector.js`.
 *
 * In: the URIs of the bundled files as the webview sees them, and its CSP source. Out: the page's text. The policy
 * allows scripts by nonce only, styles and fonts from the extension's folder only, and nothing else at all. The view
 * sets positions through the CSS object model, which the policy does not concern.
 */

export interface InspectorPageParts {
  /** `webview.cspSource`. */
  readonly cspSource: string;
  readonly script: string;
  readonly style: string;
  readonly codicons: string;
  /** Random per page; letters and digits. */
  readonly nonce: string;
  /** `en` or `zh-CN`: the page's language for screen readers. */
  readonly language: string;
}

/** The page for the given parts; every part is escaped. */
export function inspectorPage(parts: InspectorPageParts): string {
  const { cspSource, script, style, codicons, nonce, language } = mapValues(parts, escapeAttribute);
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${cspSource}; font-src ${cspSource}; img-src ${cspSource}`;
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${codicons}">
<link rel="stylesheet" href="${style}">
<title>SockScope</title>
</head>
<body>
<sockscope-inspector></sockscope-inspector>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>
`;
}

function escapeAttribute(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function mapValues(parts: InspectorPageParts, change: (text: string) => string): InspectorPageParts {
  return {
    cspSource: change(parts.cspSource),
    script: change(parts.script),
    style: change(parts.style),
    codicons: change(parts.codicons),
    nonce: change(parts.nonce),
    language: change(parts.language),
  };
}
