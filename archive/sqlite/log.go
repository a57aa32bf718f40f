package sqlite

import "fmt"

type custodyLog struct{ *unit }

func (l custodyLog) Append(index int64, leaf [32]byte, body, key []byte) error {
	size, err := l.Size()
	if err != nil {
		return err
	}
	if index != size {
		return fmt.Errorf("append to the log: entry %d is not the next one, %d", index, size)
	}
	if _, err = l.exec(`INSERT INTO log_leaves(number, leaf) VALUES(?,?)`, index, leaf[:]); err == nil {
		_, err = l.exec(`INSERT INTO log_bodies(number, body, key) VALUES(?,?,?)`, index, body, key)
	}
	return doing("append to the log", err)
}

func (l custodyLog) Size() (int64, error) {
	n, err := l.number(`SELECT coalesce(max(number)+1, 0) FROM log_leaves`)
	return n, doing("size of the log", err)
}

func scanFixed(r row) (f [32]byte, err error) { return f, r.Scan((*fixed)(&f)) }

func (l custodyLog) Leaf(index int64) ([32]byte, error) {
	leaf, err := one(l.unit, scanFixed, `SELECT leaf FROM log_leaves WHERE number=?`, index)
	return leaf, doing("get log entry", err)
}

func (l custodyLog) Body(index int64) (body, key []byte, err error) {
	_, err = one(l.unit, func(r row) (none struct{}, err error) { return none, r.Scan(&body, &key) },
		`SELECT body, key FROM log_bodies WHERE number=?`, index)
	return body, key, doing("get log body", err)
}

func (l custodyLog) PutHashes(from int64, hashes [][32]byte) error {
	next, err := l.number(`SELECT coalesce(max(number)+1, 0) FROM log_hashes`)
	if err != nil {
		return doing("put log hashes", err)
	}
	if from != next {
		return fmt.Errorf("put log hashes: %d is not the next one, %d", from, next)
	}
	for i, h := range hashes {
		if _, err := l.exec(`INSERT INTO log_hashes(number, hash) VALUES(?,?)`, from+int64(i), h[:]); err != nil {
			return doing("put log hashes", err)
		}
	}
	return nil
}

func (l custodyLog) Hashes(indexes []int64) ([][32]byte, error) {
	hashes := make([][32]byte, len(indexes))
	for i, index := range indexes {
		var err error
		if hashes[i], err = one(l.unit, scanFixed, `SELECT hash FROM log_hashes WHERE number=?`, index); err != nil {
			return nil, doing("get log hashes", err)
		}
	}
	return hashes, nil
}
