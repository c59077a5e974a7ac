// The form of settings: beside a colour in letters stands one to be picked. Without
// this module the form is the same, and the colour is typed.

for (const field of document.querySelectorAll("[data-colour]")) {
  const colour = /^#[0-9a-f]{6}$/i;
  const picker = document.createElement("input");
  picker.type = "color";
  picker.setAttribute("aria-label", document.querySelector(`label[for="${field.id}"]`).textContent);
  const row = document.createElement("div");
  row.className = "colours";
  field.replaceWith(row);
  row.append(field, picker);
  const follow = () => { picker.value = colour.test(field.value) ? field.value : field.dataset.colour; };
  field.addEventListener("input", follow);
  picker.addEventListener("input", () => { field.value = picker.value; });
  follow();
}
