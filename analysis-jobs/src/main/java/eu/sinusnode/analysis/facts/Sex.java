package eu.sinusnode.analysis.facts;

/** Sex as the scores were made for; another or none that is recorded leaves them not computable. */
public enum Sex {
    FEMALE,
    MALE
}
