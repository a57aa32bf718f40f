# A peer for the measures of questions: Xapian, given the same tokens. Reads one
# line of JSON, {"tokens","classes"}, prints one as fts5.py does. What building
# costs is not told: it would be Python's cost.
import json, sys, time, xapian

job = json.loads(sys.stdin.readline())
db = xapian.WritableDatabase(job["db"], xapian.DB_CREATE_OR_OVERWRITE)
with open(job["tokens"], encoding="utf-8") as f:
    for line in f:
        doc = xapian.Document()
        for position, token in enumerate(line.split()):
            doc.add_posting(token, position)
        db.add_document(doc)
db.commit()

def query(q):
    kind, words = q[0], q[1:]
    if kind == "or":
        return xapian.Query(xapian.Query.OP_OR, words)
    if kind == "and":
        return xapian.Query(xapian.Query.OP_AND, words)
    if kind == "phrase":
        return xapian.Query(xapian.Query.OP_PHRASE, words, len(words))
    if kind == "near":
        return xapian.Query(xapian.Query.OP_NEAR, words, 7)
    return xapian.Query(xapian.Query.OP_WILDCARD, words[0], 0, xapian.Query.WILDCARD_LIMIT_ERROR)

answers = []
for c in job["classes"]:
    n = 20 if c["form"] == "top" else 0
    def ask(q):
        e = xapian.Enquire(db)
        e.set_query(query(q))
        return e.get_mset(0, n, 0 if n else db.get_doccount()).get_matches_estimated()
    ask(c["xapian"][0])
    began = time.process_time()
    totals = [ask(q) for q in c["xapian"]]
    answers.append({"seconds": time.process_time() - began, "totals": totals})
print(json.dumps({"built": 0, "version": xapian.version_string(), "answers": answers}))
