// The handle beside a block: dragged, it moves the block; pressed, it opens what
// can be done to it. It is for the pointer only: the same stands in the toolbar
// and on keys.
import { NodeSelection, Plugin, TextSelection } from "../../../third_party/prosemirror/prosemirror.js";
import { el, icon } from "./dom.js";
import { openMenu } from "./menu.js";
import { blockActions } from "./toolbar.js";

export function dragHandle(ctx) {
  return new Plugin({ view: (view) => new Handle(ctx, view) });
}

class Handle {
  constructor(ctx, view) {
    Object.assign(this, { ctx, view, pos: -1 });
    this.actions = blockActions(ctx);
    this.dom = el("button", { type: "button", class: "editor-handle", tabindex: "-1", draggable: "true", "aria-hidden": "true", title: ctx.say("drag"), hidden: true }, icon("block"));
    view.dom.parentNode.append(this.dom);
    this.move = (e) => this.follow(e);
    this.hide = () => { this.dom.hidden = true; };
    view.dom.parentNode.addEventListener("pointermove", this.move);
    view.dom.parentNode.addEventListener("pointerleave", this.hide);
    this.dom.addEventListener("dragstart", (e) => this.drag(e));
    this.dom.addEventListener("dragend", () => { view.dragging = null; });
    this.dom.addEventListener("click", () => this.open());
  }

  // follow stands beside the block that the pointer is at the height of.
  follow(e) {
    if (e.pointerType === "touch" || e.buttons || this.dom.contains(e.target)) return;
    const block = [...this.view.dom.children].find((c) => {
      const box = c.getBoundingClientRect();
      return e.clientY >= box.top - 4 && e.clientY <= box.bottom + 4 && !c.dataset.upload;
    });
    if (!block || block === this.block) return void (this.dom.hidden = !block);
    this.block = block;
    this.dom.style.insetBlockStart = `${this.view.dom.offsetTop + block.offsetTop}px`;
    this.dom.hidden = false;
  }

  select() {
    if (!this.block || this.block.parentNode !== this.view.dom) return false;
    const pos = this.view.posAtDOM(this.view.dom, [...this.view.dom.childNodes].indexOf(this.block));
    const { doc, tr } = this.view.state;
    const node = doc.nodeAt(pos);
    if (!node) return false;
    this.view.dispatch(tr.setSelection(NodeSelection.isSelectable(node) ? NodeSelection.create(doc, pos) : TextSelection.near(doc.resolve(pos))));
    return true;
  }

  drag(e) {
    if (!this.select()) return e.preventDefault();
    e.dataTransfer.effectAllowed = "move";
    e.dataTransfer.setData("text/plain", this.view.state.selection.node?.textContent || " ");
    e.dataTransfer.setDragImage(this.block, 0, 0);
    this.view.dragging = { slice: this.view.state.selection.content(), move: true, node: this.view.state.selection };
  }

  open() {
    if (!this.select()) return;
    const { view } = this;
    openMenu(this.dom, this.ctx.say("block"), this.actions(view.state), (entry) => {
      view.focus();
      entry.command(view.state, view.dispatch, view);
    });
  }

  update(view, before) {
    if (before.doc !== view.state.doc) {
      this.dom.hidden = true; // what one types is not to jump about beside it
      this.block = null;
    }
  }

  destroy() {
    const room = this.dom.parentNode;
    room?.removeEventListener("pointermove", this.move);
    room?.removeEventListener("pointerleave", this.hide);
    this.dom.remove();
  }
}
