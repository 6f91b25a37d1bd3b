/** Colours of VS Code's default themes, as it hands them to a webview: those the inspector uses. */

const dark = {
  foreground: '#cccccc', 'editor-background': '#1f1f1f', 'editor-foreground': '#cccccc', 'font-family': 'system-ui, "Noto Sans CJK SC", sans-serif', 'font-size': '13px',
  'editor-font-family': '"DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace', 'panel-border': '#2b2b2b', descriptionForeground: '#9d9d9d', 'textLink-foreground': '#4daafc',
  'editorGutter-modifiedBackground': '#0078d4', 'editorGutter-addedBackground': '#2ea043', 'editorWidget-background': '#202020', 'widget-border': '#313131', focusBorder: '#0078d4',
  'button-foreground': '#ffffff', 'button-background': '#0078d4', 'button-hoverBackground': '#026ec1', 'icon-foreground': '#cccccc', 'toolbar-hoverBackground': '#5a5d5e4f',
  disabledForeground: '#cccccc80', 'inputOption-activeBackground': '#2489db82', 'inputOption-activeForeground': '#ffffff', 'inputOption-activeBorder': '#2488db',
  'dropdown-foreground': '#cccccc', 'dropdown-background': '#313131', 'dropdown-border': '#3c3c3c', 'charts-blue': '#3794ff', 'charts-green': '#89d185', errorForeground: '#f85149',
  'progressBar-background': '#0078d4', 'editorWarning-foreground': '#cca700', 'debugIcon-continueForeground': '#75beff', 'textCodeBlock-background': '#2b2b2b',
  'sideBarSectionHeader-background': '#181818', 'badge-foreground': '#f8f8f8', 'badge-background': '#616161', 'list-hoverBackground': '#2a2d2e', 'debugTokenExpression-name': '#c586c0',
  'symbolIcon-classForeground': '#ee9d28', 'symbolIcon-interfaceForeground': '#75beff', 'symbolIcon-functionForeground': '#b180d7', 'list-inactiveSelectionBackground': '#37373d',
  'diffEditor-insertedLineBackground': '#9bb95533',
};
const light: typeof dark = {
  ...dark,
  foreground: '#3b3b3b', 'editor-background': '#ffffff', 'editor-foreground': '#3b3b3b', 'panel-border': '#e5e5e5', descriptionForeground: '#3b3b3b', 'textLink-foreground': '#005fb8',
  'editorGutter-modifiedBackground': '#005fb8', 'editorWidget-background': '#f8f8f8', 'widget-border': '#e5e5e5', focusBorder: '#005fb8', 'button-background': '#005fb8',
  'button-hoverBackground': '#0258a8', 'icon-foreground': '#3b3b3b', 'toolbar-hoverBackground': '#b8b8b850', disabledForeground: '#61616180', 'inputOption-activeBackground': '#bed6ed',
  'inputOption-activeForeground': '#000000', 'inputOption-activeBorder': '#005fb8', 'dropdown-foreground': '#3b3b3b', 'dropdown-background': '#ffffff', 'dropdown-border': '#cecece',
  'charts-blue': '#1a85ff', 'charts-green': '#388a34', 'progressBar-background': '#005fb8', 'editorWarning-foreground': '#bf8803', 'debugIcon-continueForeground': '#007acc',
  'textCodeBlock-background': '#f8f8f8', 'sideBarSectionHeader-background': '#f8f8f8', 'badge-foreground': '#3b3b3b', 'badge-background': '#cccccc', 'list-hoverBackground': '#f2f2f2',
  'debugTokenExpression-name': '#9b46b0', 'symbolIcon-classForeground': '#d67e00', 'symbolIcon-interfaceForeground': '#007acc', 'symbolIcon-functionForeground': '#652d90',
  'list-inactiveSelectionBackground': '#e4e6f1', errorForeground: '#c4170a',
};
const highContrast: Readonly<Record<string, string>> = {
  foreground: '#ffffff', 'editor-background': '#000000', 'editor-foreground': '#ffffff', 'font-family': dark['font-family'], 'font-size': '13px', 'editor-font-family': dark['editor-font-family'],
  'panel-border': '#6fc3df', contrastBorder: '#6fc3df', contrastActiveBorder: '#f38518', descriptionForeground: '#ffffffb3', 'textLink-foreground': '#21a6ff', 'editorGutter-modifiedBackground': '#0c7d9d',
  'editorWidget-background': '#0c141f', 'widget-border': '#6fc3df', focusBorder: '#f38518', 'button-foreground': '#ffffff', 'button-border': '#6fc3df', 'icon-foreground': '#ffffff',
  disabledForeground: '#a5a5a5', 'inputOption-activeBackground': 'transparent', 'inputOption-activeForeground': '#ffffff', 'inputOption-activeBorder': '#6fc3df', 'dropdown-foreground': '#ffffff',
  'dropdown-background': '#000000', 'dropdown-border': '#6fc3df', 'charts-blue': '#3794ff', 'charts-green': '#89d185', errorForeground: '#f48771', 'progressBar-background': '#6fc3df',
  'editorWarning-foreground': '#ffd370', 'debugIcon-continueForeground': '#75beff', 'textCodeBlock-background': '#000000', 'badge-foreground': '#ffffff', 'badge-background': '#000000',
  'debugTokenExpression-name': '#ffffff', 'symbolIcon-classForeground': '#ee9d28', 'symbolIcon-interfaceForeground': '#75beff', 'symbolIcon-functionForeground': '#b180d7',
};

export type ThemeName = 'dark' | 'light' | 'high-contrast';

export const THEMES: Readonly<Record<ThemeName, { readonly bodyClass: string; readonly variables: Readonly<Record<string, string>> }>> = {
  dark: { bodyClass: 'vscode-dark', variables: dark },
  light: { bodyClass: 'vscode-light', variables: light },
  'high-contrast': { bodyClass: 'vscode-high-contrast', variables: highContrast },
};
