package eu.sinusnode.server.questions;

import java.util.List;

/**
 * What the record says beside a question, of what the clinic may have.
 *
 * @param severe ids of Observations with a severe value, of the last 24 hours
 * @param flags ids of risk flags that the analysis has raised lately and nobody has overridden
 * @param missing what would be looked at and is not there, in words
 */
record RiskContext(List<String> severe, List<String> flags, List<String> missing) {

    RiskContext {
        severe = List.copyOf(severe);
        flags = List.copyOf(flags);
        missing = List.copyOf(missing);
    }
}
