// Pictures that are dropped, pasted or chosen: sent one by one, with their
// progress, and what could not be taken is said in words.

// send posts a file and resolves to the picture that the server has made of it:
// it answers {picture: {id, url, …}}, or {error: "words"} with a status of 400
// or more. progress is told hundredths.
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
      if (request.status < 400 && request.response?.picture) resolve(request.response.picture);
      else fail(request.response?.error || (request.status === 413 ? say("too_large") : say("no_answer")));
    });
    request.addEventListener("error", () => fail(say("no_answer")));
    request.send(body);
  });
}

// filesOf are the pictures among what is dropped or pasted.
export const filesOf = (transfer) => [...(transfer?.files || [])].filter((f) => f.type.startsWith("image/"));
