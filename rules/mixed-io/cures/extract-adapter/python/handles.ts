import type { IoCall } from '../../../collect';
import type { Site } from './site';
import type { Subject } from './subject';

/** `process.wait()`, where the process is started by a call of this class: the handle is asked where it was. */
export function isHandle({ call, callee }: Site, { model }: Subject): boolean {
  if (/^(?:tarfile|zipfile)\.(?!open$)/.test(call.path)) return true;
  if (call.kind !== 'process' || callee.type !== 'attribute') return false;
  const object = callee.childForFieldName('object')!;
  if (!/^(?:identifier|attribute)$/.test(object.type)) return false;
  const root = model.qualifiedName(object);
  return !root || !/^(?:subprocess|os|signal|psutil|asyncio|anyio|trio|pexpect)\b/.test(root.path);
}

/** What is opened is read or written behind it: a method that only opens it would say nothing. */
export function isOpening({ kind, path }: IoCall): boolean {
  return kind === 'file' && /(?:^|[._])open(?:_file)?$/.test(path);
}

/** A storage that the settings of a framework choose is an adapter already. */
export function isOfStorage({ path }: IoCall): boolean {
  return /^django\.core\.files\.storage\./.test(path);
}
