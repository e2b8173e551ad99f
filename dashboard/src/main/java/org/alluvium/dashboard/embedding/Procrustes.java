package org.alluvium.dashboard.embedding;

import java.util.List;

/**
 * The turn, with or without a mirror, the scale and the shift that bring points of a plane nearest to others: of least squares,
 * in closed form for two dimensions.
 */
record Procrustes(double cos, double sin, double mirror, double fromX, double fromY, double toX, double toY) {

    /** The best for points that belong together by their places in the lists. */
    static Procrustes of(TokenMap from, TokenMap onto) {
        int n = from.ids().size();
        double fx = mean(from.x(), n);
        double fy = mean(from.y(), n);
        double ox = mean(onto.x(), n);
        double oy = mean(onto.y(), n);
        double xx = 0;
        double yy = 0;
        double xy = 0;
        double yx = 0;
        double size = 0;
        for (int i = 0; i < n; i++) {
            double ax = from.x().get(i) - fx;
            double ay = from.y().get(i) - fy;
            double bx = onto.x().get(i) - ox;
            double by = onto.y().get(i) - oy;
            xx += ax * bx;
            yy += ay * by;
            xy += ax * by;
            yx += ay * bx;
            size += ax * ax + ay * ay;
        }
        double turned = Math.hypot(xx + yy, xy - yx);
        double mirrored = Math.hypot(xx - yy, xy + yx);
        double scale = size == 0 ? 1 : 1 / size;
        return turned >= mirrored
                ? new Procrustes((xx + yy) * scale, (xy - yx) * scale, 1, fx, fy, ox, oy)
                : new Procrustes((xx - yy) * scale, (xy + yx) * scale, -1, fx, fy, ox, oy);
    }

    private static double mean(List<Float> values, int n) {
        return values.stream().mapToDouble(Float::doubleValue).sum() / Math.max(1, n);
    }

    double x(double x, double y) {
        return cos * (x - fromX) - sin * mirror * (y - fromY) + toX;
    }

    double y(double x, double y) {
        return sin * (x - fromX) + cos * mirror * (y - fromY) + toY;
    }
}
