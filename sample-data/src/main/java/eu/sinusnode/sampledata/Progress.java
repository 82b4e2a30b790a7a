package eu.sinusnode.sampledata;

/** Told now and then how far generation is; called from the thread that asked for the cohort. */
@FunctionalInterface
public interface Progress {

    Progress SILENT = (patients, of, vitals) -> {};

    void at(int patients, int of, long vitals);
}
