package eu.sinusnode.analysis.risk;

/**
 * What a flag says in plain words.
 *
 * @param forClinician what was found, in one sentence
 * @param forPatient what it means and what to do, without a diagnosis
 */
public record Words(Sentence forClinician, Sentence forPatient) {}
