// The fields of an answer.
