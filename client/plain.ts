/** A message for where the editor renders no Markdown: code in quotation marks instead of backticks. */
export function plainText(message: string): string {
  return message.replace(/`([^`]*)`/g, '"$1"');
}
