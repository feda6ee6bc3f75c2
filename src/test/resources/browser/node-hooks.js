// @ts-check
import { pathToFileURL } from 'node:url';

/** Where a page finds the modules by the paths of the gateway, Node finds them in a folder. */

/** @type {Record<string, string>} */
let roots = {};

/** @param {Record<string, string>} given path prefix to folder */
export function initialize(given) {
  roots = given;
}

/** @param {string} specifier @param {object} context @param {Function} next */
export function resolve(specifier, context, next) {
  for (const [prefix, folder] of Object.entries(roots)) {
    if (specifier.startsWith(prefix)) return next(pathToFileURL(folder + specifier.slice(prefix.length)).href, context);
  }
  return next(specifier, context);
}
