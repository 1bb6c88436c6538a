// Methods and accessors of classes, as functions of their object.
import {
  AbortController, AudioContext, CSSStyleSheet, gettersOf, here, Map, methodsOf, MutationObserver, Number, partsOfAny, Set, settersOf,
  TextDecoder, URL, URLSearchParams, WeakSet, XMLHttpRequest,
} from './natives.js';

export const method = { // those of pages are empty in Node
  number: methodsOf(Number, 'toFixed toString'),
  regexp: methodsOf(here.RegExp, 'exec'),
  map: methodsOf(Map, 'delete forEach get has set'),
  set: methodsOf(Set, 'add delete forEach has'),
  weakSet: methodsOf(WeakSet, 'add delete has'),
  searchParams: methodsOf(URLSearchParams, 'forEach get'),
  abort: methodsOf(AbortController, 'abort'),
  decoder: methodsOf(TextDecoder, 'decode'),
  document: methodsOf(here.Document, 'createElement createTextNode querySelector'),
  element: methodsOf(here.HTMLElement, 'addEventListener appendChild attachShadow focus remove removeEventListener replaceChildren'
    + ' setAttribute'),
  root: methodsOf(here.ShadowRoot, 'querySelector'),
  event: methodsOf(here.Event, 'preventDefault'),
  style: methodsOf(here.CSSStyleDeclaration, 'setProperty'),
  sheet: methodsOf(CSSStyleSheet, 'replaceSync'),
  observer: methodsOf(MutationObserver, 'observe'),
  audio: methodsOf(AudioContext, 'createBufferSource createGain decodeAudioData resume'),
  node: methodsOf(here.AudioNode, 'connect disconnect'),
  source: methodsOf(here.AudioBufferSourceNode, 'start stop'),
};
export const getter = {
  url: gettersOf(URL, 'host hostname href origin pathname port protocol search'),
  abort: gettersOf(AbortController, 'signal'),
  signal: gettersOf(here.AbortSignal, 'aborted'),
  document: gettersOf(here.Document, 'adoptedStyleSheets body documentElement head readyState'),
  element: gettersOf(here.HTMLElement, 'baseURI style'),
  root: gettersOf(here.ShadowRoot, 'adoptedStyleSheets'),
  frame: gettersOf(here.HTMLIFrameElement, 'contentDocument contentWindow'),
  image: gettersOf(here.HTMLImageElement, 'complete crossOrigin naturalWidth src'),
  canvas: gettersOf(here.HTMLCanvasElement, 'height width'),
  pointer: gettersOf(here.PointerEvent, 'button clientX clientY pointerId pointerType target timeStamp'),
  key: gettersOf(here.KeyboardEvent, 'isComposing key'),
  input: gettersOf(here.HTMLInputElement, 'value'),
  textarea: gettersOf(here.HTMLTextAreaElement, 'value'),
  failure: gettersOf(here.ErrorEvent, 'error lineno message'),
  rejection: gettersOf(here.PromiseRejectionEvent, 'promise reason'),
  navigator: gettersOf(here.Navigator, 'userActivation'),
  activation: gettersOf(here.UserActivation, 'hasBeenActive isActive'),
  audio: gettersOf(AudioContext, 'destination state'),
  speakers: gettersOf(here.AudioDestinationNode, 'maxChannelCount'),
  gain: gettersOf(here.GainNode, 'gain'),
  buffer: gettersOf(here.AudioBuffer, 'duration'),
};
export const setter = {
  canvas: settersOf(here.HTMLCanvasElement, 'height width'),
  image: settersOf(here.HTMLImageElement, 'crossOrigin src'),
  input: settersOf(here.HTMLInputElement, 'value'),
  textarea: settersOf(here.HTMLTextAreaElement, 'value'),
  script: settersOf(here.HTMLScriptElement, 'async'),
  source: settersOf(here.AudioBufferSourceNode, 'buffer loop'),
  param: settersOf(here.AudioParam, 'value'),
};
export const lenient = {
  response: partsOfAny(here.Response, 'arrayBuffer text', 'body headers ok status', 'status'),
  headers: partsOfAny(here.Headers, 'get', '', 'has'),
  stream: partsOfAny(here.ReadableStream, 'getReader', '', 'locked'),
  reader: partsOfAny(here.ReadableStreamDefaultReader, 'cancel read'),
  request: partsOfAny(XMLHttpRequest, 'getResponseHeader open send setRequestHeader', 'status responseText', 'status'),
  storage: partsOfAny(here.Storage, 'getItem removeItem setItem', '', 'length'),
  exception: partsOfAny(here.DOMException, '', 'message name'),
};
