// What GitHub's documentation says of issue forms ("Syntax for GitHub's form schema"). GitHub itself says nothing of
// a form that breaks a rule: it is missing from the list, and nobody knows why.
const ATTRIBUTES = {
  markdown: { must: ['value'], may: [] },
  input: { must: ['label'], may: ['description', 'placeholder', 'value'] },
  textarea: { must: ['label'], may: ['description', 'placeholder', 'value', 'render'] },
  dropdown: { must: ['label', 'options'], may: ['description', 'multiple', 'default'] },
  checkboxes: { must: ['label', 'options'], may: ['description'] },
};
const FORM = {
  must: ['name', 'description', 'body'],
  may: ['assignees', 'labels', 'projects', 'title', 'type'],
};
const ELEMENT = { must: ['type', 'attributes'], may: ['id', 'validations'] };
const CHOOSER = { must: [], may: ['blank_issues_enabled', 'contact_links'] };
const LINK = { must: ['name', 'url', 'about'], may: [] };

/** What is wrong with an issue form, a line each. */
export function issueFormFindings(form) {
  const body = form.body ?? [];
  return [
    ...keyFindings(form, FORM),
    ...body.flatMap((element, index) => elementFindings(element).map((one) => `body[${index}]: ${one}`)),
    ...(body.some(({ type }) => type !== 'markdown') ? [] : ['there is nothing to fill in']),
    ...repeated(body.map(({ id }) => id)).map((id) => `two elements have the id ${id}`),
    ...repeated(body.map(({ attributes }) => attributes?.label)).map(
      (label) => `two elements are “${label}”`,
    ),
  ];
}

/** What is wrong with config.yml, which says what stands beside the forms. */
export function templateChooserFindings(chooser) {
  const links = chooser.contact_links ?? [];
  return [...keyFindings(chooser, CHOOSER), ...links.flatMap((link) => keyFindings(link, LINK))];
}

function elementFindings(element) {
  const known = ATTRIBUTES[element.type];
  if (known === undefined) return [`there is no type ${element.type}`];
  const { id, attributes = {}, validations = {} } = element;
  const options = (attributes.options ?? []).map((option) => option.label ?? option);
  return [
    ...keyFindings(element, ELEMENT),
    ...keyFindings(attributes, known),
    ...keyFindings(validations, { must: [], may: ['required'] }),
    ...(id === undefined || /^[\w-]+$/.test(id) ? [] : [`${id} is no id`]),
    ...(known.must.includes('options') && options.length === 0 ? ['there is nothing to choose'] : []),
    ...repeated(options).map((option) => `“${option}” can be chosen twice`),
    // The one that stands for no choice.
    ...(options.some((option) => /^none$/i.test(option)) ? ['“None” is GitHub’s own'] : []),
  ];
}

function keyFindings(object, { must, may }) {
  const keys = Object.keys(object);
  return [
    ...must.filter((key) => !keys.includes(key)).map((key) => `${key} is missing`),
    ...keys.filter((key) => ![...must, ...may].includes(key)).map((key) => `there is no ${key}`),
  ];
}

function repeated(values) {
  const given = values.filter((value) => value !== undefined);
  return [...new Set(given.filter((value, index) => given.indexOf(value) !== index))];
}
