// The words of the editor's own screens. words/en.json says which there are; the
// page gives those of its language under the same keys, and what it lacks is said
// in English.
import english from "./words/en.json";

// speaker gives say(key, values), with the page's words before ours. A key with
// a number n has a form for each plural that CLDR knows of the language:
// "words_one", "words_few", …, "words_other". Numbers are written as the language
// writes them.
export function speaker(own, language) {
  const digits = new Intl.NumberFormat(language || undefined);
  const plural = new Intl.PluralRules(language || undefined), ours = new Intl.PluralRules("en");
  const find = (key, n) => {
    if (n === undefined) return own[key] || english[key] || key;
    return own[`${key}_${plural.select(n)}`] || own[key + "_other"] || english[`${key}_${ours.select(n)}`] || english[key + "_other"] || key;
  };
  return (key, values = {}) => find(key, values.n).replace(/\{(\w+)\}/g, (all, name) => {
    const value = values[name];
    return typeof value === "number" ? digits.format(value) : value ?? all;
  });
}
