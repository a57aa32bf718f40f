package sandbox

import (
	"context"
	"errors"
	"io"
	"os"
	"syscall"
	"time"

	"vidimus"
)

// own is an error that is not the worker's doing: it goes to the caller as
// it is, though the worker cannot go on.
type own struct{ error }

// during runs one exchange with the worker. Unless it ends well or with the
// file's own fault, the worker is buried.
func (w *Worker) during(ctx context.Context, exchange func() error) error {
	if w.dead {
		return errDead
	}
	stop := context.AfterFunc(ctx, w.process.kill)
	err := exchange()
	if !stop() {
		err = &own{context.Cause(ctx)}
	}
	if _, ok := vidimus.FaultOf(err); ok || err == nil {
		return err
	}
	return w.bury(err)
}

// bury ends the worker and tells why it died.
func (w *Worker) bury(err error) error {
	if goneByItself(err) {
		// A worker that only closed its pipes does not get to stay.
		w.process.await(5 * time.Second) // a machine that is busy reaps late
	}
	w.Close()
	if mine, ok := errors.AsType[*own](err); ok {
		return mine.error
	}
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		return &Death{Reason: vidimus.TimeLimit}
	case errors.Is(err, errTooMuch):
		return &Death{Reason: vidimus.SizeLimit}
	case goneByItself(err):
		return w.process.death()
	}
	return &Death{Reason: vidimus.ReaderDied}
}

// goneByItself reports an error that shows nothing but the pipe's other end
// closed.
func goneByItself(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.EPIPE)
}
