package eu.sinusnode.analysis.training.evaluation;

/** Told how far a long piece of work has come. */
public interface Progress {

    /** @param of how many steps there are; 0 when that is not known */
    void at(String work, int done, int of);
}
