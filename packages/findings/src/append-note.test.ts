import { describe, expect, it } from '@jest/globals';
import { appendNote } from './append-note.ts';

describe('appendNote', () => {
  it.each([
    ['nothing', {}, 'Riposte: b'],
    ['a blank note', { text: ' \n' }, 'Riposte: b'],
    ['an earlier word of Riposte', { text: 'Riposte: a' }, 'Riposte: b'],
    ['whatever Riposte alone has written', { text: 'a', updatedBy: 'riposte' }, 'Riposte: b'],
    ['an earlier word behind nothing', { text: '\n--- Riposte: a' }, 'Riposte: b'],
  ])('says no more than its own in place of %s', (_, held, note) => {
    expect(appendNote(held, 'b')).toBe(note);
  });

  it('leaves the text of an analyst in front, and replaces an earlier word behind it', () => {
    const first = appendNote({ text: 'mine', updatedBy: 'ana' }, 'a');
    expect(first).toBe('mine\n--- Riposte: a');
    expect(appendNote({ text: first, updatedBy: 'riposte' }, 'b')).toBe('mine\n--- Riposte: b');
  });

  it('cuts the text of the analyst, never within a character', () => {
    const own = 'w'.repeat(100);
    const note = appendNote({ text: '😀'.repeat(300) }, own);
    expect(note.length).toBeLessThanOrEqual(512);
    expect(note).toMatch(/^(😀)+…\n--- Riposte: w{100}$/u);
  });
});
