// Signing in with a passkey, and adding one: asks the server for a question, the
// device for its answer, and sends that with the form. Without this script, or in
// a browser that has no passkeys, the forms stay hidden.

const supported = "PublicKeyCredential" in window && "parseCreationOptionsFromJSON" in PublicKeyCredential;

async function answer(form) {
  const response = await fetch(form.dataset.begin, { method: "POST", headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(String(response.status));
  const { options, step } = await response.json();
  const credential = form.dataset.passkey === "create"
    ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  form.elements.step.value = step;
  form.elements.credential.value = JSON.stringify(credential);
}

for (const form of supported ? document.querySelectorAll("form[data-passkey]") : []) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button"), error = form.querySelector("[role=alert]");
    button.disabled = true;
    error.textContent = "";
    try {
      await answer(form);
      form.submit();
    } catch {
      error.textContent = form.dataset.failed;
      button.disabled = false;
    }
  });
}
