// Tables: rows and columns added and deleted, headings, and the way from cell to
// cell. A cell may span several columns or rows, so places are worked out on a
// grid first.
import { TextSelection } from "../../../third_party/prosemirror/prosemirror.js";
import { inside } from "./commands.js";
import { schema } from "./schema.js";

const { nodes } = schema;

// newTable is one of rows by columns, its first row headings.
export function newTable(rows = 3, columns = 3) {
  const row = (header) => nodes.table_row.create(null, Array.from({ length: columns }, () => nodes.table_cell.create({ header })));
  return nodes.table.create(null, Array.from({ length: rows }, (_, i) => row(i === 0)));
}

// gridOf lists a table's cells with the place of each: {node, pos, row, column,
// width, height}, pos counted from the table's own; rows likewise.
export function gridOf(table) {
  const cells = [], rows = [], taken = [];
  table.forEach((row, offset) => {
    if (row.type !== nodes.table_row) return;
    const r = rows.length;
    rows.push({ node: row, pos: offset + 1 });
    let column = 0;
    row.forEach((node, within) => {
      while (taken[r]?.[column]) column++;
      const width = node.attrs.colspan || 1, height = node.attrs.rowspan || 1;
      for (let i = 0; i < height; i++) for (let j = 0; j < width; j++) (taken[r + i] ||= [])[column + j] = true;
      cells.push({ node, pos: offset + 2 + within, row: r, column, width, height });
      column += width;
    });
  });
  const columns = Math.max(0, ...cells.map((c) => c.column + c.width));
  return { cells, rows, columns };
}

// inTable finds the table around the cursor, its grid and the cell at hand.
export function inTable(state) {
  const table = inside(state, nodes.table);
  if (!table || table.node === state.selection.node) return null;
  const grid = gridOf(table.node);
  const at = state.selection.$from.pos - table.pos;
  const cell = grid.cells.find((c) => at > c.pos && at < c.pos + c.node.nodeSize);
  return cell ? { ...table, grid, cell } : null;
}

// command makes one of a change to a table.
const command = (change) => (state, dispatch) => {
  const at = inTable(state);
  if (!at) return false;
  if (dispatch) {
    const tr = state.tr;
    change(tr, at);
    dispatch(tr.scrollIntoView());
  }
  return true;
};

const resize = (tr, table, cell, attrs) => {
  const pos = tr.mapping.map(table.pos + cell.pos);
  tr.setNodeMarkup(pos, null, { ...cell.node.attrs, ...attrs });
};
const span = (n) => (n > 1 ? n : 0); // 1 is not said

export const rowBefore = command((tr, at) => addRow(tr, at, at.cell.row));
export const rowAfter = command((tr, at) => addRow(tr, at, at.cell.row + at.cell.height));

// addRow adds a row before the one of that index, and puts the cursor into its
// cell at the given place from the row's start.
function addRow(tr, at, index, place = 0) {
  const { cells, rows, columns } = at.grid;
  const through = cells.filter((c) => c.row < index && c.row + c.height > index);
  for (const c of through) resize(tr, at, c, { rowspan: c.height + 1 });
  const width = columns - through.reduce((n, c) => n + c.width, 0);
  const row = nodes.table_row.create(null, Array.from({ length: Math.max(1, width) }, () => nodes.table_cell.create()));
  const last = rows[rows.length - 1];
  const pos = index < rows.length ? rows[index].pos : last.pos + last.node.nodeSize;
  tr.insert(at.pos + pos, row);
  const cell = Math.min(place, row.childCount - 1); // each is empty: two positions
  tr.setSelection(TextSelection.near(tr.doc.resolve(at.pos + pos + 2 + 2 * cell)));
}

export const columnBefore = command((tr, at) => addColumn(tr, at, at.cell.column));
export const columnAfter = command((tr, at) => addColumn(tr, at, at.cell.column + at.cell.width));

function addColumn(tr, at, index) {
  const { cells, rows } = at.grid;
  for (let r = rows.length - 1; r >= 0; r--) {
    const through = cells.find((c) => c.row <= r && c.row + c.height > r && c.column < index && c.column + c.width > index);
    if (through) {
      if (through.row === r) resize(tr, at, through, { colspan: through.width + 1 });
      continue;
    }
    const next = cells.find((c) => c.row === r && c.column >= index);
    const pos = next ? next.pos : rows[r].pos + rows[r].node.nodeSize - 1;
    const beside = cells.findLast((c) => c.row === r && c.column < index) || next;
    tr.insert(tr.mapping.map(at.pos + pos), nodes.table_cell.create({ header: r === 0 && !!beside?.node.attrs.header }));
  }
}

export const rowDelete = command((tr, at) => {
  const { cells, rows } = at.grid;
  const from = at.cell.row;
  if (rows.length === 1) return void tr.delete(at.pos, at.pos + at.node.nodeSize);
  for (const c of cells) if (c.row < from && c.row + c.height > from) resize(tr, at, c, { rowspan: span(c.height - 1) });
  // A cell that reaches into the next row goes on there.
  for (const c of cells.filter((c) => c.row === from && c.height > 1 && rows[from + 1]).reverse()) {
    const next = cells.find((o) => o.row === from + 1 && o.column > c.column);
    const pos = next ? next.pos : rows[from + 1].pos + rows[from + 1].node.nodeSize - 1;
    tr.insert(tr.mapping.map(at.pos + pos), c.node.type.create({ ...c.node.attrs, rowspan: span(c.height - 1) }, c.node.content));
  }
  const start = tr.mapping.map(at.pos + rows[from].pos);
  tr.delete(start, start + rows[from].node.nodeSize);
});

export const columnDelete = command((tr, at) => {
  const { cells, columns } = at.grid;
  if (columns === at.cell.width) return void tr.delete(at.pos, at.pos + at.node.nodeSize);
  const column = at.cell.column;
  for (const c of cells.filter((c) => c.column <= column && c.column + c.width > column).reverse()) {
    if (c.width > 1) resize(tr, at, c, { colspan: span(c.width - 1) });
    else {
      const pos = tr.mapping.map(at.pos + c.pos);
      tr.delete(pos, pos + c.node.nodeSize);
    }
  }
});

export const cellHeader = command((tr, at) => resize(tr, at, at.cell, { header: !at.cell.node.attrs.header }));

export const rowHeader = command((tr, at) => {
  const row = at.grid.cells.filter((c) => c.row === at.cell.row);
  const header = !row.every((c) => c.node.attrs.header);
  for (const c of row) resize(tr, at, c, { header });
});

// tableCaption goes to the table's caption, which it makes where there is none.
export function tableCaption(state, dispatch) {
  const table = inside(state, nodes.table);
  if (!table) return false;
  if (!dispatch) return true;
  const tr = state.tr;
  let at = -1;
  table.node.forEach((child, offset) => {
    if (child.type === nodes.paragraph && at < 0) at = table.pos + 1 + offset;
  });
  if (at < 0) {
    at = table.pos + table.node.nodeSize - 1; // the last of its children, as Go reads a caption
    tr.insert(at, nodes.paragraph.create());
  }
  dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(at + 1))).scrollIntoView());
  return true;
}

// step goes to the next cell (1) or the one before (-1); past the last one a row
// is added.
export function step(by) {
  return (state, dispatch) => {
    const at = inTable(state);
    if (!at) return false;
    const to = at.grid.cells[at.grid.cells.indexOf(at.cell) + by];
    if (!to) return by > 0 ? rowAfter(state, dispatch) : false;
    if (dispatch) {
      const $pos = state.doc.resolve(at.pos + to.pos + 1);
      dispatch(state.tr.setSelection(TextSelection.between($pos, state.doc.resolve($pos.end()))).scrollIntoView());
    }
    return true;
  };
}

// below goes to the cell below by Enter, as in a sheet; a row is added at the end.
export function below(state, dispatch) {
  const at = inTable(state);
  if (!at) return false;
  const row = at.cell.row + at.cell.height;
  const to = at.grid.cells.find((c) => c.row <= row && c.row + c.height > row && c.column <= at.cell.column && c.column + c.width > at.cell.column);
  if (!to) return command((tr) => addRow(tr, at, row, at.cell.column))(state, dispatch);
  if (dispatch) dispatch(state.tr.setSelection(TextSelection.near(state.doc.resolve(at.pos + to.pos + 1))).scrollIntoView());
  return true;
}
