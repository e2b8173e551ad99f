package org.alluvium.cli.view;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Asks the system how large the terminal on a standard stream is, by {@code ioctl(TIOCGWINSZ)} of termios. Cheap enough for
 * every redraw, which is how a changed size is noticed.
 */
public final class Terminal {

    private static final int STANDARD_OUTPUT = 1;
    private static final int STANDARD_ERROR = 2;
    private static final long TIOCGWINSZ_LINUX = 0x5413;
    private static final long TIOCGWINSZ_MACOS = 0x40087468;

    private final MethodHandle ioctl;
    private final long request;
    private final int descriptor;

    private Terminal(MethodHandle ioctl, long request, int descriptor) {
        this.ioctl = ioctl;
        this.request = request;
        this.descriptor = descriptor;
    }

    /** Columns and rows. */
    public record Size(int columns, int rows) {}

    /** The terminal on standard output, or empty if that is a file, a pipe, or a terminal that can't move its cursor. */
    public static Optional<Terminal> onStandardOutput() {
        return on(STANDARD_OUTPUT);
    }

    /** The same on standard error. */
    public static Optional<Terminal> onStandardError() {
        return on(STANDARD_ERROR);
    }

    private static Optional<Terminal> on(int descriptor) {
        if ("dumb".equals(System.getenv("TERM"))) {
            return Optional.empty();
        }
        Linker linker = Linker.nativeLinker();
        FunctionDescriptor signature = FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS);
        boolean mac = System.getProperty("os.name").startsWith("Mac");
        return linker.defaultLookup()
                .find("ioctl")
                .map(function -> linker.downcallHandle(function, signature, Linker.Option.firstVariadicArg(2)))
                .map(ioctl -> new Terminal(ioctl, mac ? TIOCGWINSZ_MACOS : TIOCGWINSZ_LINUX, descriptor))
                .filter(terminal -> terminal.size().isPresent());
    }

    /** The size now, or empty if the stream is no terminal any more. */
    public Optional<Size> size() {
        try (Arena arena = Arena.ofConfined()) {
            // struct winsize { unsigned short rows, columns, pixels across, pixels down }
            MemorySegment winsize = arena.allocate(ValueLayout.JAVA_SHORT, 4);
            int result = (int) ioctl.invokeExact(descriptor, request, winsize);
            int rows = Short.toUnsignedInt(winsize.getAtIndex(ValueLayout.JAVA_SHORT, 0));
            int columns = Short.toUnsignedInt(winsize.getAtIndex(ValueLayout.JAVA_SHORT, 1));
            return result == 0 && columns > 0 && rows > 0 ? Optional.of(new Size(columns, rows)) : Optional.empty();
        } catch (Throwable e) {
            throw new IllegalStateException("ioctl cannot be called", e);
        }
    }
}
