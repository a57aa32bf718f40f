// Package pipeline carries things between the stages: it takes files in, has
// them read by workers behind walls, keeps what they give, and feeds the
// index. It is the one place that composes the stages.
//
// Three parties work at once. The taker stores files and leaves jobs. Lanes,
// one a core, each with a worker of its own, turn jobs into outcomes. The
// clerk alone hands out jobs and writes outcomes, many in one unit of work:
// a result and the end of its job are one transaction.
package pipeline
