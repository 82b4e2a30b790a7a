package eu.sinusnode.therapy.triage;

/**
 * How soon somebody should look, the most urgent first; the names are those of FHIR's request-priority. Nothing is routine: what
 * is not known of somebody who is uncertain is no sign that nothing is wrong.
 */
public enum Urgency {
    STAT,
    ASAP,
    URGENT
}
