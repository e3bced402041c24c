/** The source of a regular expression that matches nothing but this text, with or without the flag `u`. */
export const literalPattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
