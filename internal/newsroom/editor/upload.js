// Pictures that are dropped, pasted or chosen: sent one by one, with their
// progress, and what could not be taken is said in words.

// send posts a file and resolves to the picture that the server has made of it:
// it answers {picture: {id, url, …}}, with there where it had the file already, or
// {error: "words"} with a status of 400 or more. progress is told hundredths.
export function send(address, file, say, progress) {
  return new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(say("upload_failed", { name: file.name, why })));
    if (!/^(image|video|audio)\//.test(file.type)) return fail(say("not_a_picture"));
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("file", file, file.name);
    request.open("POST", address);
    request.responseType = "json";
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (e) => e.lengthComputable && progress(Math.round((100 * e.loaded) / e.total)));
    request.addEventListener("load", () => {
      const { status, response } = request;
      if (response?.picture?.usable === false) fail(say("missing_picture")); // its rights have ended
      else if (status < 400 && response?.picture) resolve({ ...response.picture, there: !!response.there });
      else fail(response?.error || say({ 401: "signed_out", 413: "too_large" }[status] || "no_answer"));
    });
    request.addEventListener("error", () => fail(say("no_answer")));
    request.send(body);
  });
}

// filesOf are the pictures, sounds and films among what is dropped or pasted.
export const filesOf = (transfer) => [...(transfer?.files || [])].filter((f) => /^(image|audio|video)\//.test(f.type));
