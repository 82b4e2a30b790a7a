package eu.sinusnode.server.matching;

/** One of a person's names; either part may be empty when it is not known. */
record PersonName(NameForm family, NameForm given) {}
