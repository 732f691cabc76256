// Two states of a text, seen as one replacement: enough to keep a caret in its place, and to put what was typed
// during a save into the text that the server merged meanwhile.

/** The smallest single replacement that turns `from` into `to`: at `at`, `gone` leaves and `come` enters. */
export function change(from, to) {
  const most = Math.min(from.length, to.length);
  let start = 0;
  while (start < most && from[start] === to[start]) start += 1;
  let end = 0;
  while (end < most - start && from[from.length - 1 - end] === to[to.length - 1 - end]) end += 1;
  return { at: start, gone: from.slice(start, from.length - end), come: to.slice(start, to.length - end) };
}

/** Where a position of `from` stands in `to`: the same line when it is still there. */
export function follow(from, to, position) {
  const { at, gone, come } = change(from, to);
  if (position <= at) return position;
  if (position >= at + gone.length) return position + come.length - gone.length;
  const start = from.lastIndexOf("\n", position - 1) + 1;
  const stop = from.indexOf("\n", position);
  const line = from.slice(start, stop < 0 ? from.length : stop);
  const found = line ? to.indexOf(line) : -1;
  return found < 0 ? at + come.length : found + position - start;
}

/** `onto` with what was typed between `from` and `typed`. What cannot be found again to be removed stays. */
export function carry(from, typed, onto) {
  const { at, gone, come } = change(from, typed);
  const place = follow(from, onto, at);
  const after = onto.startsWith(gone, place) ? place + gone.length : place;
  return onto.slice(0, place) + come + onto.slice(after);
}
