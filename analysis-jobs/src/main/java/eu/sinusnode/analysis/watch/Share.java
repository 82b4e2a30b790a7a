package eu.sinusnode.analysis.watch;

/**
 * How many of how many, with the 95 % interval of Wilson (1927, J Am Stat Assoc 22:209), which holds for few too.
 *
 * @param of at least {@code count}
 */
public record Share(int count, int of) {

    private static final double Z = 1.959963984540054;

    public double value() {
        return count / (double) of;
    }

    public double low() {
        return bound(-1);
    }

    public double high() {
        return bound(1);
    }

    private double bound(int side) {
        double share = value();
        double z2 = Z * Z;
        double middle = share + z2 / (2.0 * of);
        double half = Z * Math.sqrt((share * (1 - share) + z2 / (4.0 * of)) / of);
        return Math.min(1, Math.max(0, (middle + side * half) / (1 + z2 / of)));
    }
}
