package main

import (
	"vidimus/internal/fonts"
	"vidimus/pipeline"
	"vidimus/web"
)

// room gives the reading room what it needs of a case.
func (d *desk) room(pictures *pipeline.Pictures) web.Room {
	r := web.CaseRoom(d.Case, d.index, pictures.Sections())
	r.Picture, r.Font, r.Practice = pictures.PNG, fonts.Face, d.Practice
	return r
}
