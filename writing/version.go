package writing

// Version counts the changes of what Tokens gives for the same text. What was
// derived from tokens of another version must be derived again.
const Version = 1
