/**
 * Chinese for the diagnostics of annotated documents: English template to Chinese template. `{0}` is what the sentence
 * inserts.
 */
export const documentTexts: readonly (readonly [english: string, chinese: string])[] = [
  [
    'the functions in this document belong to programs or to other languages, not to the kernel',
    '文档里的函数属于应用程序或别的语言，不是内核的函数',
  ],
  ['there is no function in this document', '文档里没有函数'],
  [
    'set a function of the kernel between two lines of ```, with its parameters and its closing brace',
    '请把内核的函数放在两行 ``` 之间，写全参数和结尾的右花括号',
  ],
  ["'{0}' ({1}) is left out", '“{0}”（{1}）已略去'],
  ["'{0}' ({1}) is read as {2}", '“{0}”（{1}）按 {2} 读'],
  ["{0} unusual spaces in '{1}' are read as blanks", '“{1}”里的 {0} 个特殊空格按普通空格读'],
  ["{0} characters in '{1}' that cannot be seen are left out", '“{1}”里有 {0} 个看不见的字符，已略去'],
  [
    "{0} entities of HTML in '{1}' are read as the signs they stand for",
    '“{1}”里的 {0} 个 HTML 实体按它们代表的字符读',
  ],
  ["{0} tags of HTML in '{1}' are left out", '“{1}”里的 {0} 个 HTML 标签已略去'],
  ["line numbers before {0} lines of '{1}' are left out", '“{1}”有 {0} 行前面的行号已略去'],
  ["quote marks before {0} lines of '{1}' are left out", '“{1}”有 {0} 行前面的引用符已略去'],
  ["prompts before {0} lines of '{1}' are left out", '“{1}”有 {0} 行前面的提示符已略去'],
  [
    "{0} control characters written as ^M or ^I in '{1}' are left out",
    '“{1}”里有 {0} 个写成 ^M 或 ^I 的控制字符，已略去',
  ],
  ["text at {0} places of '{1}' that is not set as a comment is left out", '“{1}”里有 {0} 处文字没有写成注释，已略去'],
  [
    "{0} signs in '{1}' that are not those of C are read as the ones they stand for",
    '“{1}”里有 {0} 个不是 C 的符号，按它们代表的符号读',
  ],
  ["'{0}' goes over {1} listings, which were put together", '“{0}”分在 {1} 段代码里，已拼在一起'],
  [
    "'{0}' is defined more than once in this document; the last whole definition runs",
    '“{0}”在文档里定义了不止一次，运行最后一个完整的',
  ],
  ['choose another one if that is not the one you mean', '若想运行另一个，请另行选择'],
  ['the first definition', '第一处定义'],
  ["'{0}' is shown and not run: code is left out here", '“{0}”只显示、不运行：这里省略了代码'],
  [
    'write the code in full to run it; until then the function of the kernel in use runs',
    '要运行它请写全代码；在那之前运行的是所用内核里的同名函数',
  ],
  ["'{0}' is shown and not run: this is a sentence among its statements", '“{0}”只显示、不运行：语句之间夹着一句文字'],
  ['set it as a comment', '请写成注释'],
  [
    "'{0}' is shown and not run: what begins here does not end in its listing",
    '“{0}”只显示、不运行：从这里开始的内容到代码段末尾仍未结束',
  ],
  ['write what closes it, or the rest of the function', '请补上结尾，或补全函数'],
  ["'{0}' is shown and not run: {1}", '“{0}”只显示、不运行：{1}'],
  ["'{0}' is of a kernel older than 2.4", '“{0}”属于早于 2.4 的内核'],
  ["'{0}' is of a kernel newer than 2.4", '“{0}”属于晚于 2.4 的内核'],
  ['read its notes here; run the function of a 2.4 kernel', '它的注解可在此阅读；要运行请用 2.4 内核的函数'],
  ['the listing that begins here is not closed', '从这里开始的代码段没有结束'],
  ['write its closing mark where it ends', '请在结尾处写上结束标记'],
  ['only the first {0} characters of the document were read', '只读了文档的前 {0} 个字符'],
  ['name a text, Markdown or HTML file', '请给出文本、Markdown 或 HTML 文件'],
  ['split the document', '请把文档拆开'],
];
