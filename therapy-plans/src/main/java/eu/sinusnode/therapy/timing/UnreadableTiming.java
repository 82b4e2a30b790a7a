package eu.sinusnode.therapy.timing;

/** A timing that contradicts itself, or says too little to tell when something is due. */
public final class UnreadableTiming extends Exception {

    private static final long serialVersionUID = 1L;

    private final String element;
    private final String sentence;

    /** @param element the path below the timing, such as {@code repeat.period} */
    UnreadableTiming(String element, String sentence) {
        super(sentence);
        this.element = element;
        this.sentence = sentence;
    }

    public String element() {
        return element;
    }

    /** What is wrong. */
    public String sentence() {
        return sentence;
    }
}
