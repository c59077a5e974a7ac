// Asks the server for articles and pictures: by words for the one who picks, by
// id for what a body already names. Many ids at once are one question.

const together = 30; // milliseconds in which questions by id are collected

// finder asks at two addresses. Both answer GET ?q=WORDS and GET ?id=1&id=2 with
// {articles: […]} or {pictures: […]}; say what one is in the package's doc.go.
export function finder(articles, pictures) {
  const paper = source(articles, "articles"), library = source(pictures, "pictures");
  return {
    articles: paper.search, article: paper.one, knowArticle: paper.know,
    pictures: library.search, picture: library.one, knowPicture: library.know,
    // Sounds and films are two lists, of which the newest of both come first.
    media: async (words, signal) => {
      const both = await Promise.all(["film", "sound"].map((kind) => library.search(words, signal, kind)));
      return both.flat().sort((a, b) => b.id - a.id);
    },
  };
}

function source(address, list) {
  const known = new Map(); // id -> promise of what is found, or of null
  let waiting = null; // id -> resolve

  const ask = async (parameters, signal) => {
    if (!address) return [];
    const url = new URL(address, document.baseURI);
    for (const [name, value] of parameters) url.searchParams.append(name, value);
    const answer = await fetch(url, { signal, headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.statusText);
    return (await answer.json())[list] || [];
  };
  const know = (found) => known.set(found.id, Promise.resolve(found));
  const flush = async () => {
    const asked = waiting;
    waiting = null;
    let found = [];
    try {
      found = await ask([...asked.keys()].map((id) => ["id", id]));
    } catch { // asked again when the block is next drawn
      for (const id of asked.keys()) known.delete(id);
    }
    for (const [id, resolve] of asked) resolve(found.find((f) => f.id === id) || null);
  };
  const one = (id) => {
    if (!known.has(id)) {
      known.set(id, new Promise((resolve) => {
        if (!waiting) {
          waiting = new Map();
          setTimeout(flush, together);
        }
        waiting.set(id, resolve);
      }));
    }
    return known.get(id);
  };
  const search = async (words, signal, kind) => {
    const found = await ask(kind ? [["q", words], ["kind", kind]] : [["q", words]], signal);
    found.forEach(know);
    return found;
  };
  return { search, one, know };
}
