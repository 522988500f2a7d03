// SPDX-License-Identifier: Apache-2.0
// Draws the report whose data stands in the page. What comes from the image is only ever set as
// text (textContent, fillText), never as markup.
'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const $ = id => document.getElementById(id);
  const [ADDED, CHANGED, ATTRIBUTES, AGAIN, DELETED] = [0, 1, 2, 3, 4];
  const KINDS = ['added', 'changed', 'attributes changed', 'stored again', 'deleted'];
  const FILE = 0, WIDTH = 6; // an entry is six numbers: path, type, change, bytes, goneAt, goneBy
  const SHOWN = 200, LISTED = 10;

  // The folders and files of all layers as one tree in arrays; parents stand before children.
  const parent = [-1], name = ['/'], children = [[]], nodeOf = [];
  const byName = [new Map()];
  for (const path of data.paths) {
    let node = 0;
    for (const part of path.split('/')) {
      if (part === '') continue;
      let child = byName[node].get(part);
      if (child === undefined) {
        child = parent.length;
        parent.push(node);
        name.push(part);
        children.push([]);
        byName.push(new Map());
        byName[node].set(part, child);
        children[node].push(child);
      }
      node = child;
    }
    nodeOf.push(node);
  }
  byName.length = 0;
  const count = parent.length;
  const size = new Float64Array(count);
  const leaf = new Int32Array(count); // which entry is drawn there, from 1; 0 for none

  // All entries of all steps, flat.
  const entries = [];
  const stepOf = [];
  data.steps.forEach((step, i) => {
    step.first = stepOf.length;
    for (let k = 0; k < step.entries.length; k += WIDTH) {
      stepOf.push(i + 1);
    }
    for (const value of step.entries) entries.push(value);
    step.end = stepOf.length;
  });
  const pathOf = e => entries[e * WIDTH], typeOf = e => entries[e * WIDTH + 1];
  const changeOf = e => entries[e * WIDTH + 2], bytesOf = e => entries[e * WIDTH + 3];
  const goneAt = e => entries[e * WIDTH + 4], goneBy = e => entries[e * WIDTH + 5];
  const isWaste = e => goneAt(e) > 0 && changeOf(e) !== DELETED && bytesOf(e) > 0;

  const state = {step: 1, view: 'layer', folder: 0, query: '', match: null};
  let rects = [];

  function bytes(n) {
    const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
    let unit = 0;
    while (n >= 999.5 && unit < units.length - 1) { n /= 1000; unit++; }
    return n.toFixed(unit === 0 || n >= 99.95 ? 0 : n >= 9.995 ? 1 : 2) + ' ' + units[unit];
  }
  function many(n, what) { return n.toLocaleString('en') + ' ' + what + (n === 1 ? '' : 's'); }
  function element(tag, text, className) {
    const e = document.createElement(tag);
    if (text !== undefined) e.textContent = text;
    if (className) e.className = className;
    return e;
  }
  function fullPath(node) {
    const parts = [];
    for (let n = node; n > 0; n = parent[n]) parts.push(name[n]);
    return '/' + parts.reverse().join('/');
  }

  // The head: what the image is, and the bars over the slider.
  $('name').textContent = data.name;
  $('about').textContent = [data.platform, data.created, data.id].filter(Boolean).join('  ·  ');
  for (const [what, value] of data.figures) {
    const div = element('div');
    div.append(element('dt', what), element('dd', value));
    $('figures').append(div);
  }
  const largest = Math.max(1, ...data.steps.map(s => s.size));
  const bars = data.steps.map((step, i) => {
    const bar = element('button');
    bar.type = 'button';
    bar.tabIndex = -1;
    bar.title = (i + 1) + ': ' + bytes(step.size);
    if (!step.diffId) bar.className = 'empty';
    const waste = step.size === 0 ? 0 : Math.min(1, step.wasted / step.size);
    const height = step.size === 0 ? 0 : Math.max(3, 60 * Math.sqrt(step.size / largest));
    const bad = element('i', undefined, 'bad'), good = element('i');
    bad.style.height = height * waste + 'px';
    good.style.height = height * (1 - waste) + 'px';
    bar.append(bad, good);
    bar.addEventListener('click', () => show({step: i + 1, folder: 0}));
    $('bars').append(bar);
    return bar;
  });
  $('step').max = Math.max(1, data.steps.length);
  for (const [list, texts] of [['hidden', data.waste], ['duplicates', data.duplicates]]) {
    for (const text of texts.slice(0, LISTED)) $(list).append(element('li', text));
    if (texts.length > LISTED) {
      const more = element('details'), rest = element('ul');
      for (const text of texts.slice(LISTED)) rest.append(element('li', text));
      more.append(element('summary', 'and ' + (texts.length - LISTED) + ' more'), rest);
      $(list).after(more);
    }
  }
  for (const [list, texts] of [['hidden', data.waste], ['duplicates', data.duplicates]]) {
    $(list).previousElementSibling.hidden = texts.length === 0;
  }
  $('waste').hidden = data.waste.length + data.duplicates.length === 0;

  // What is to be seen in a view, summed up into the folders.
  function isShown(e) {
    if (changeOf(e) === DELETED || typeOf(e) !== FILE) return false;
    return state.view === 'layer' || goneAt(e) === 0 || goneAt(e) > state.step;
  }
  function sum() {
    size.fill(0);
    leaf.fill(0);
    const step = data.steps[state.step - 1];
    if (!step) return;
    const from = state.view === 'layer' ? step.first : 0;
    for (let e = from; e < step.end; e++) {
      if (isShown(e)) {
        const node = nodeOf[pathOf(e)];
        size[node] += bytesOf(e);
        leaf[node] = e + 1;
      }
    }
    for (let n = count - 1; n > 0; n--) size[parent[n]] += size[n];
  }

  // Squarified treemap (Bruls, Huizing, van Wijk 2000) over what is large enough to be seen.
  function layout(node, x, y, w, h, depth, out) {
    const inside = children[node].filter(c => size[c] > 0).sort((a, b) => size[b] - size[a]);
    const scale = w * h / size[node];
    let i = 0;
    while (i < inside.length && w > 0.5 && h > 0.5) {
      const side = Math.min(w, h);
      let row = 0, worst = Infinity, end = i;
      while (end < inside.length) {
        const area = size[inside[end]] * scale, sum = row + area;
        const most = size[inside[i]] * scale;
        const ratio = Math.max(side * side * most / (sum * sum), sum * sum / (side * side * area));
        if (ratio > worst) break;
        worst = ratio;
        row = sum;
        end++;
      }
      const thick = row / side;
      let at = 0;
      for (; i < end; i++) {
        const long = size[inside[i]] * scale / thick;
        if (w >= h) place(inside[i], x, y + at, thick, long, depth, out);
        else place(inside[i], x + at, y, long, thick, depth, out);
        at += long;
      }
      if (w >= h) { x += thick; w -= thick; } else { y += thick; h -= thick; }
    }
  }
  function largestIn(node) { // the entry that a folder too small to be opened has its colour from
    while (leaf[node] === 0 && children[node].length > 0) {
      node = children[node].reduce((a, b) => (size[b] > size[a] ? b : a));
    }
    return leaf[node] - 1;
  }
  function place(node, x, y, w, h, depth, out) {
    const head = w > 44 && h > 34 ? 17 : 2;
    const opened = children[node].length > 0 && w > 8 && h > head + 6;
    out.push({node, x, y, w, h, depth, paint: opened ? -1 : largestIn(node)});
    if (opened) layout(node, x + 2, y + head, w - 4, h - head - 2, depth + 1, out);
  }

  const canvas = $('map'), context = canvas.getContext('2d');
  function mix(a, b, share) { // two colours written #rrggbb
    let out = '#';
    for (let i = 1; i < 7; i += 2) {
      const x = parseInt(a.slice(i, i + 2), 16), y = parseInt(b.slice(i, i + 2), 16);
      out += Math.round(x + (y - x) * share).toString(16).padStart(2, '0');
    }
    return out;
  }
  function draw() {
    const box = canvas.getBoundingClientRect(), scale = window.devicePixelRatio || 1;
    canvas.width = Math.round(box.width * scale);
    canvas.height = Math.round(box.height * scale);
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, box.width, box.height);
    rects = [];
    const empty = size[state.folder] === 0;
    $('nothing').hidden = !empty;
    if (empty) {
      const step = data.steps[state.step - 1];
      $('nothing').textContent = !step ? 'This image says nothing about how it was made.'
        : state.view === 'layer' && !step.diffId ? 'This step changes the configuration only: it has no layer.'
        : state.view === 'layer' && deletes(step) ? 'This step only takes files away; the list says which.'
        : 'No bytes in any file here.';
      return;
    }
    layout(state.folder, 0, 0, box.width, box.height, 0, rects);
    const style = getComputedStyle(document.documentElement);
    const colour = n => style.getPropertyValue('--' + n).trim();
    const kinds = [colour('added'), colour('changed'), colour('attributes'), colour('again')];
    const [ink, folder, line, wasted, older, newer, match] =
      ['ink', 'folder', 'card', 'wasted', 'old', 'new', 'match'].map(colour);
    context.font = '11px system-ui, "Liberation Sans", sans-serif';
    context.textBaseline = 'top';
    for (const r of rects) {
      const e = r.paint;
      const hit = state.match && e >= 0 && state.match[e];
      const gap = r.w > 4 && r.h > 4 ? 0.5 : 0;
      context.globalAlpha = state.match && e >= 0 && !hit ? 0.25 : 1;
      context.fillStyle = e < 0 ? (r.depth % 2 ? line : folder)
        : state.view === 'layer' ? kinds[changeOf(e)]
        : mix(older, newer, stepOf[e] / Math.max(1, state.step));
      context.fillRect(r.x + gap, r.y + gap, r.w - 2 * gap, r.h - 2 * gap);
      if (e >= 0 && state.view === 'layer' && isWaste(e)) stripes(r, wasted);
      if (hit && r.w > 3 && r.h > 3) {
        context.strokeStyle = match;
        context.lineWidth = 2;
        context.strokeRect(r.x + 1, r.y + 1, r.w - 2, r.h - 2);
      }
      if (r.w > 44 && r.h > (e < 0 ? 34 : 16)) label(r, ink);
    }
    context.globalAlpha = 1;
  }
  function deletes(step) {
    for (let e = step.first; e < step.end; e++) if (changeOf(e) === DELETED) return true;
    return false;
  }
  function stripes(r, colour) {
    context.save();
    context.beginPath();
    context.rect(r.x + 0.5, r.y + 0.5, Math.max(0, r.w - 1), Math.max(0, r.h - 1));
    context.clip();
    context.strokeStyle = colour;
    context.lineWidth = 2;
    context.globalAlpha *= 0.75;
    context.beginPath();
    for (let d = -r.h; d < r.w; d += 9) {
      context.moveTo(r.x + d, r.y + r.h);
      context.lineTo(r.x + d + r.h, r.y);
    }
    context.stroke();
    context.restore();
  }
  function label(r, ink) {
    const room = r.w - 8;
    let text = name[r.node] + (r.w > 130 ? '  ' + bytes(size[r.node]) : '');
    let width = context.measureText(text).width;
    if (width > room) {
      text = name[r.node];
      width = context.measureText(text).width;
    }
    if (width > room) {
      text = text.slice(0, Math.max(1, Math.floor(text.length * room / width) - 1)) + '…';
    }
    const e = leaf[r.node] - 1;
    if (e >= 0 && state.view === 'layer' && isWaste(e)) { // readable on the stripes
      context.globalAlpha = 0.8;
      context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--card');
      context.fillRect(r.x + 2, r.y + 2, Math.min(room + 4, context.measureText(text).width + 6), 14);
      context.globalAlpha = 1;
    }
    context.fillStyle = ink;
    context.fillText(text, r.x + 4, r.y + 4);
  }

  // Everything around the map.
  function describe(e) {
    const parts = [KINDS[changeOf(e)] + ' by step ' + stepOf[e]];
    if (goneAt(e) > 0) {
      parts.push((goneBy(e) === DELETED ? 'deleted' : goneBy(e) === CHANGED ? 'replaced' : 'stored again')
        + ' by step ' + goneAt(e));
    }
    return parts.join(', ');
  }
  function card() {
    const step = data.steps[state.step - 1];
    if (!step) return;
    $('number').textContent = 'step ' + state.step + ' of ' + data.steps.length;
    $('instruction').textContent = step.instruction || '(the image does not say what this step was)';
    $('instruction').title = step.createdBy;
    $('did').textContent = step.did;
    $('step').value = state.step;
    $('step').setAttribute('aria-valuetext', 'step ' + state.step + ': ' + step.instruction);
    $('back').disabled = state.step === 1;
    $('next').disabled = state.step === data.steps.length;
    bars.forEach((bar, i) => bar.classList.toggle('now', i + 1 === state.step));
    for (const view of ['layer', 'image']) $(view).setAttribute('aria-pressed', state.view === view);
    const crumbs = $('crumbs');
    crumbs.replaceChildren();
    const chain = [];
    for (let n = state.folder; n >= 0; n = parent[n]) chain.unshift(n);
    for (const n of chain) {
      const crumb = element('button', n === 0 ? '/' : name[n] + '/');
      crumb.type = 'button';
      crumb.addEventListener('click', () => show({folder: n}));
      crumbs.append(crumb);
    }
    crumbs.append(element('span', ' ' + bytes(size[state.folder]), 'quiet'));
  }
  function legend() {
    const items = state.view === 'layer'
      ? [['added', 'added'], ['changed', 'changed'], ['attributes', 'same bytes, other attributes'],
         ['again', 'stored again, the same'], ['wasted', 'striped: hidden by a later step']]
      : [['old', 'from an early step'], ['new', 'from this step']];
    $('legend').replaceChildren(...items.map(([colour, text]) => {
      const item = element('li', text), box = element('i');
      box.style.background = 'var(--' + colour + ')';
      item.prepend(box);
      return item;
    }));
  }
  function search() {
    const query = state.query.trim();
    state.match = null;
    if (query === '') return;
    // A glob if it has a star, else a regular expression, else plain text.
    let test;
    const plain = query.toLowerCase();
    if (query.includes('*')) {
      const glob = query.split('*').map(s => s.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*');
      test = new RegExp((query.startsWith('/') ? '^' : '') + glob + '$', 'i');
    } else {
      try { test = new RegExp(query, 'i'); } catch { test = {test: p => p.toLowerCase().includes(plain)}; }
    }
    const paths = data.paths.map(p => test.test(p));
    state.match = new Uint8Array(stepOf.length);
    for (let e = 0; e < stepOf.length; e++) state.match[e] = paths[pathOf(e)] ? 1 : 0;
  }
  function list() {
    const step = data.steps[state.step - 1];
    const rows = [];
    let total = 0, sum = 0;
    if (state.match) {
      for (let e = 0; e < stepOf.length; e++) if (state.match[e]) { rows.push(e); total++; sum += bytesOf(e); }
    } else if (step) {
      const below = n => { for (; n >= 0; n = parent[n]) if (n === state.folder) return true; return false; };
      for (let e = state.view === 'layer' ? step.first : 0; e < step.end; e++) {
        const shown = state.view === 'layer' || isShown(e);
        if (shown && (state.folder === 0 || below(nodeOf[pathOf(e)]))) {
          rows.push(e);
          total++;
          if (changeOf(e) !== DELETED) sum += bytesOf(e);
        }
      }
    }
    rows.sort((a, b) => bytesOf(b) - bytesOf(a) || pathOf(a) - pathOf(b));
    $('found').textContent = (state.match ? 'Found ' + many(total, 'entry').replace('entrys', 'entries') + ' in all steps'
      : many(total, 'entry').replace('entrys', 'entries')) + ', ' + bytes(sum)
      + (total > SHOWN ? '; the largest ' + SHOWN + ':' : '');
    $('list').replaceChildren(...rows.slice(0, SHOWN).map(row));
  }
  function row(e) {
    const button = element('button'), text = element('span', data.paths[pathOf(e)]);
    button.type = 'button';
    const deleted = changeOf(e) === DELETED;
    const note = describe(e);
    text.append(element('br'), element('em', note, isWaste(e) || deleted ? 'wasted' : ''));
    button.append(element('b', deleted && bytesOf(e) === 0 ? '–' : bytes(bytesOf(e))), text);
    button.addEventListener('click', () => {
      const node = nodeOf[pathOf(e)];
      const stays = state.view === 'image' && isShown(e) && stepOf[e] <= state.step;
      show({
        step: stays ? state.step : stepOf[e],
        view: stays ? 'image' : 'layer',
        folder: children[node].length > 0 ? node : Math.max(0, parent[node]),
      });
    });
    const item = element('li');
    item.append(button);
    return item;
  }

  let pending = true; // until the first rendering, which waits for no frame
  function show(change) {
    Object.assign(state, change);
    state.step = Math.min(Math.max(1, state.step), Math.max(1, data.steps.length));
    if (pending) return;
    pending = true;
    requestAnimationFrame(render);
  }
  function render() {
    pending = false;
    sum();
    while (state.folder > 0 && size[state.folder] === 0) state.folder = parent[state.folder];
    card();
    legend();
    list();
    draw();
    history.replaceState(null, '', '#step=' + state.step + '&view=' + state.view);
  }

  function rectAt(event) {
    const box = canvas.getBoundingClientRect(), x = event.clientX - box.left, y = event.clientY - box.top;
    for (let i = rects.length - 1; i >= 0; i--) {
      const r = rects[i];
      if (x >= r.x && x < r.x + r.w && y >= r.y && y < r.y + r.h) return r;
    }
    return null;
  }
  canvas.addEventListener('mousemove', event => {
    const r = rectAt(event), tip = $('tip');
    tip.hidden = !r;
    if (!r) return;
    const e = leaf[r.node] - 1;
    tip.textContent = fullPath(r.node) + (e < 0 ? '/' : '') + '\n' + bytes(size[r.node]) + (e < 0 ? '' : ', ' + describe(e));
    tip.style.left = Math.min(event.clientX + 14, window.innerWidth - tip.offsetWidth - 10) + 'px';
    const below = event.clientY + 16;
    tip.style.top = (below + tip.offsetHeight > window.innerHeight ? event.clientY - tip.offsetHeight - 10 : below) + 'px';
    canvas.style.cursor = folderOf(r.node) === state.folder ? 'default' : 'zoom-in';
  });
  canvas.addEventListener('mouseleave', () => { $('tip').hidden = true; });
  function folderOf(node) { // the folder directly below the one shown
    let n = leaf[node] > 0 ? parent[node] : node;
    while (n > 0 && n !== state.folder && parent[n] !== state.folder) n = parent[n];
    return n;
  }
  canvas.addEventListener('click', event => {
    const r = rectAt(event);
    if (r) show({folder: folderOf(r.node)});
  });
  $('step').addEventListener('input', event => show({step: Number(event.target.value)}));
  $('back').addEventListener('click', () => show({step: state.step - 1}));
  $('next').addEventListener('click', () => show({step: state.step + 1}));
  $('layer').addEventListener('click', () => show({view: 'layer'}));
  $('image').addEventListener('click', () => show({view: 'image'}));
  $('search').addEventListener('input', event => {
    state.query = event.target.value;
    search();
    show({});
  });
  const themes = ['', 'light', 'dark'];
  $('theme').addEventListener('click', () => {
    const root = document.documentElement;
    const next = themes[(themes.indexOf(root.dataset.theme || '') + 1) % themes.length];
    if (next === '') delete root.dataset.theme; else root.dataset.theme = next;
    $('theme').textContent = next === '' ? 'Theme' : next === 'light' ? 'Light' : 'Dark';
    show({});
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => show({}));
  new ResizeObserver(() => show({})).observe(canvas);
  // The place shown stands in the address, #step=3&view=image, so that it can be passed on.
  function goToAddress() {
    const wanted = new URLSearchParams(location.hash.slice(1));
    const biggest = data.steps.findIndex(s => s.size === largest) + 1;
    show({
      step: parseInt(wanted.get('step'), 10) || biggest,
      view: wanted.get('view') === 'image' ? 'image' : 'layer',
    });
  }
  window.addEventListener('hashchange', goToAddress);
  goToAddress();
  render(); // at once: a page in a background tab, or one only dumped, may be given no frame
})();
