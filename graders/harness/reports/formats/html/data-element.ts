import { type Html, html, trusted } from './markup.ts';

/** JSON within a page, for its script to read: no text in it ends the element. */
export function dataElement(id: string, json: string): Html {
  return html`<script type="application/json" id="${id}">${trusted(json.replaceAll('<', '\\u003c'))}</script>
`;
}
