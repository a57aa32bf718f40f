package sqlite

type settings struct{ *unit }

func (s settings) Get(name string) ([]byte, error) {
	value, err := one(s.unit, func(r row) (b []byte, err error) { return b, r.Scan(&b) }, `SELECT value FROM settings WHERE name=?`, name)
	return value, doing("get setting", err)
}

func (s settings) Put(name string, value []byte) error {
	if value == nil {
		value = []byte{} // nil would be stored as NULL
	}
	_, err := s.exec(`INSERT OR REPLACE INTO settings(name, value) VALUES(?,?)`, name, value)
	return doing("put setting", err)
}
