package eu.sinusnode.policy.narrowing;

/**
 * A condition through a reference (a chain, {@code _has}) that too many records meet to be named. It is asked of few records
 * at a time.
 *
 * @param reverse whether what the search finds has to name the record, as {@code _has} says; else the record names it
 * @param parameter the reference parameter, of the type of whichever names the other
 * @param search finds what meets the condition, among those records of which the caller may have each
 */
public record ReferenceCondition(boolean reverse, String parameter, WideSearch search) {}
