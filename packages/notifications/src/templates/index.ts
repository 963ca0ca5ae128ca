export { createEngine, createRenderer } from './liquid-engine.ts';
export { renderUpdate, type TextData, textData } from './render-update.ts';
export { type RenderText, textRenderer } from './text-renderer.ts';
