# A peer for the measures of questions: SQLite's FTS5 in C, given the same
# tokens. Reads one line of JSON, {"tokens","about","classes"}; prints one: the
# CPU seconds of building, and of each class the seconds and the totals.
import json, sqlite3, sys, time

job = json.loads(sys.stdin.readline())
db = sqlite3.connect(job["db"])
db.executescript("""
PRAGMA journal_mode=wal; PRAGMA synchronous=full; PRAGMA cache_size=-16384;
CREATE VIRTUAL TABLE pages USING fts5(text, content='', tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co S*'");
INSERT INTO pages(pages, rank) VALUES('hashsize', 33554432), ('automerge', 8);
CREATE TABLE about(page INTEGER PRIMARY KEY, language TEXT, type TEXT, year INTEGER);
""")

def pages():
    with open(job["tokens"], encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            yield number, line

began = time.process_time()
with db:
    batch = []
    for row in pages():
        batch.append(row)
        if len(batch) == 8000:
            db.executemany("INSERT INTO pages(rowid, text) VALUES(?, ?)", batch)
            db.commit()
            batch = []
    db.executemany("INSERT INTO pages(rowid, text) VALUES(?, ?)", batch)
built = time.process_time() - began
with db, open(job["about"], encoding="utf-8") as f:
    db.executemany("INSERT INTO about VALUES(?, ?, ?, ?)", (json.loads(line) for line in f))

forms = {
    "top": "SELECT rowid FROM pages WHERE pages MATCH ? ORDER BY rank LIMIT 20",
    "count": "SELECT count(*) FROM pages WHERE pages MATCH ?",
    "facets": "SELECT language, type, year, count(*) FROM pages CROSS JOIN about ON about.page = pages.rowid WHERE pages MATCH ? GROUP BY 1, 2, 3",
}
answers = []
for c in job["classes"]:
    db.execute(forms[c["form"]], (c["fts5"][0],)).fetchall()
    began = time.process_time()
    for q in c["fts5"]:
        db.execute(forms[c["form"]], (q,)).fetchall()
    seconds = time.process_time() - began
    answers.append({"seconds": seconds, "totals": [db.execute(forms["count"], (q,)).fetchone()[0] for q in c["fts5"]]})
print(json.dumps({"built": built, "version": sqlite3.sqlite_version, "answers": answers}))
