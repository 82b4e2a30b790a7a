package eu.sinusnode.launcher.process;

/** A program that does nothing for a minute. */
final class Sleeper {

    private Sleeper() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.out.println("sleeping");
        Thread.sleep(60_000);
    }
}
