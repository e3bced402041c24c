import type { IoCall } from '../../../collect';
import { NameReader } from './names';
import type { Site } from './site';
import type { Subject } from './subject';

/** `stream.write(...)`, `child.kill()`, where the function opens the stream or starts the child: a handle is asked where it was. */
export function isHandle({ call, callee }: Site, { document }: Subject): boolean {
  // Of files by their numbers.
  if (/^(?:fs|fs-extra|graceful-fs)\.(?:promises\.)?(?:read|write)(?:Sync)?$/.test(call.path)) return true;
  const object = callee.childForFieldName('object');
  if (!object || !/^(?:file|process)$/.test(call.kind)) return false;
  const names = new NameReader(document, callee.startIndex, callee.endIndex);
  const root = names.rootOf(object);
  if (root?.type === 'this') return true;
  return root !== undefined && names.kindOf(root) === 'outside';
}

/** What is opened is read or written behind it: a method that only opens it would say nothing. */
export function isOpening({ kind, path }: IoCall): boolean {
  const verb = path.slice(path.lastIndexOf('.') + 1);
  return kind === 'file' && /^(?:open|opendir|createReadStream|createWriteStream)(?:Sync)?$/.test(verb);
}
