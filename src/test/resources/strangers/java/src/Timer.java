import java.util.Random;

public class Timer {
    private static final Random RANDOM = new Random();
    private final int min, max;
    private long deadline;

    public Timer(int min, int max) {
        this.min = min;
        this.max = max;
        reset();
    }

    public static long now() { return System.nanoTime() / 1000000; }
    public void reset() { deadline = now() + min + RANDOM.nextInt(max - min + 1); }
    public boolean isOver() { return now() >= deadline; }
}
