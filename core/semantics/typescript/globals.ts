/** Names that an environment provides: they are no unresolved names, and their qualified names start with `globalThis`. */

const words = (text: string): string[] => text.trim().split(/\s+/);

const ECMASCRIPT = words(`
  globalThis undefined NaN Infinity eval isFinite isNaN parseFloat parseInt decodeURI decodeURIComponent encodeURI
  encodeURIComponent escape unescape arguments Object Function Boolean Symbol Error AggregateError EvalError RangeError
  ReferenceError SyntaxError TypeError URIError SuppressedError Number BigInt Math Date String RegExp Array Int8Array
  Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array BigInt64Array BigUint64Array Float16Array
  Float32Array Float64Array Map Set WeakMap WeakSet ArrayBuffer SharedArrayBuffer DataView Atomics JSON WeakRef
  FinalizationRegistry Iterator AsyncIterator Promise Reflect Proxy Intl WebAssembly DisposableStack AsyncDisposableStack
`);

const NODE = words(`
  process global Buffer require module exports __dirname __filename setImmediate clearImmediate NodeJS NodeRequire
  NodeModule BufferEncoding ErrnoException
`);

/** In browsers, and mostly in Node, Deno and Bun too. */
const WEB = words(`
  window self document location navigator history screen frames parent top opener console fetch setTimeout setInterval
  clearTimeout clearInterval queueMicrotask structuredClone requestAnimationFrame cancelAnimationFrame requestIdleCallback
  cancelIdleCallback alert confirm prompt atob btoa performance crypto caches indexedDB localStorage sessionStorage
  customElements postMessage addEventListener removeEventListener dispatchEvent getComputedStyle matchMedia getSelection
  scrollTo reportError visualViewport innerWidth innerHeight devicePixelRatio importScripts
  AbortController AbortSignal Blob BroadcastChannel ByteLengthQueuingStrategy CloseEvent CompressionStream
  CountQueuingStrategy Crypto CryptoKey CustomEvent DecompressionStream DOMException DOMParser DOMRect DOMTokenList Element
  Event EventSource EventTarget File FileList FileReader FormData Headers Image ImageBitmap ImageData IntersectionObserver
  KeyboardEvent MessageChannel MessageEvent MessagePort MouseEvent MutationObserver MutationRecord Node NodeFilter NodeList
  Notification OffscreenCanvas Path2D Performance PerformanceObserver PointerEvent ProgressEvent ReadableStream Request
  ResizeObserver Response ServiceWorker SharedWorker Storage SubtleCrypto Text TextDecoder TextDecoderStream TextEncoder
  TextEncoderStream TouchEvent TransformStream UIEvent URL URLSearchParams WebSocket WheelEvent Window Worker WritableStream
  XMLHttpRequest XMLSerializer AnimationEvent BeforeUnloadEvent ClipboardEvent CompositionEvent DataTransfer DataTransferItem
  DataTransferItemList DragEvent ErrorEvent FocusEvent HashChangeEvent InputEvent PageTransitionEvent PopStateEvent
  PromiseRejectionEvent StorageEvent SubmitEvent Touch TouchList TransitionEvent Audio AudioContext CSS CSSStyleSheet Document DocumentFragment ShadowRoot Range Selection
  WebTransport RTCPeerConnection Comment Attr Location Navigator History Console Deno Bun
`);

const TYPES = words(`
  Partial Required Readonly Record Pick Omit Exclude Extract NonNullable Parameters ConstructorParameters ReturnType
  InstanceType ThisParameterType OmitThisParameter ThisType Uppercase Lowercase Capitalize Uncapitalize NoInfer Awaited
  PromiseLike PromiseSettledResult PromiseFulfilledResult PromiseRejectedResult PromiseConstructor ArrayLike
  ReadonlyArray ReadonlyMap ReadonlySet ConcatArray Iterable IterableIterator IteratorResult IteratorReturnResult
  IteratorYieldResult AsyncIterable AsyncIterableIterator AsyncGenerator AsyncGeneratorFunction Generator
  GeneratorFunction PropertyKey PropertyDescriptor PropertyDescriptorMap TypedPropertyDescriptor TemplateStringsArray
  CallableFunction NewableFunction IArguments ImportMeta Disposable AsyncDisposable ErrorOptions ErrorConstructor
  ObjectConstructor FunctionConstructor RegExpMatchArray RegExpExecArray ArrayBufferLike ArrayBufferView
  ClassDecorator PropertyDecorator MethodDecorator ParameterDecorator ClassMethodDecoratorContext
  ClassFieldDecoratorContext ClassAccessorDecoratorContext ClassDecoratorContext DecoratorContext WeakKey JSX
  RequestInit RequestInfo ResponseInit HeadersInit BodyInit BlobPart EventInit EventListener EventListenerOrEventListenerObject
  AddEventListenerOptions EventListenerOptions DOMHighResTimeStamp BufferSource ReadableStreamDefaultReader
  ReadableStreamDefaultController CSSStyleDeclaration StyleSheet Timer RequestCredentials RequestMode
`);

export const GLOBALS: ReadonlySet<string> = new Set([...ECMASCRIPT, ...NODE, ...WEB, ...TYPES]);

/** Objects whose members are globals themselves: `window.fetch` is `fetch`. */
export const GLOBAL_OBJECTS: ReadonlySet<string> = new Set(['globalThis', 'window', 'self', 'global']);

/** Families of interfaces of the environment, too many to list. */
const DOM_INTERFACE =
  /^(?:HTML|SVG|CSS|DOM|RTC|WebGL|GPU|IDB|Media|Audio|MathML|XPath|Speech|USB|Bluetooth|Payment|Service|ReadableStream|WritableStream|TransformStream)[A-Z]\w*$/;

export function isGlobal(name: string): boolean {
  return GLOBALS.has(name) || DOM_INTERFACE.test(name);
}
