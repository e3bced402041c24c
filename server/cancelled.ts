import { LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';

/** The answer to a request that its client has given up: an error, because any result would be taken for the whole one. */
export function cancelled(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
}
