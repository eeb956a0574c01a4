// What an entry is called, from the form as the person sees it: a chosen option's or pressed button's words, else the value.
function shown(form, submitter, name) {
  if (submitter?.name === name) return (submitter.querySelector('.row-name, [data-words]') ?? submitter).textContent.trim()
  const control = form.elements.namedItem(name)
  const chosen = control instanceof RadioNodeList ? [...control].find((one) => one.checked) : control
  if (!chosen) return ''
  if (chosen instanceof HTMLSelectElement) return chosen.selectedOptions[0]?.textContent.trim() ?? ''
  if (chosen.type === 'radio') return chosen.labels[0]?.textContent.trim() ?? chosen.value
  return chosen.type === 'checkbox' && !chosen.checked ? '' : chosen.value.trim()
}

// `{name}` is that field; `{one|other}` the first of them that says something. What says nothing leaves no dot or colon
// behind.
export function filled(template, form, submitter) {
  return (template ?? '').replace(/\{([\w|-]+)\}/g, (_, names) => {
    for (const name of names.split('|')) {
      const words = shown(form, submitter, name)
      if (words) return words.length > 80 ? `${words.slice(0, 79)}…` : words
    }
    return ''
  }).replace(/(\s·\s)+(?=$|·)|[:：]\s*$/g, '').trim()
}

export function valued(template, data) {
  return template.replace(/\{([\w|-]+)\}/g, (_, name) => data.get(name) ?? '')
}
