int cell[4][8];
int run(int limit) {
  int i, j, s = 0;
  for (i = 0; i < 4; i++)
    for (j = 0; j < limit; j++) {
      if (cell[i][j] < 0)
        continue;
      s += cell[i][j];
    }
  return s;
}

;; free
(func
  (type 0)
  (param i32 i32 i32 i32 i32)
  (result i32 i32)
  (local i32 i32 i32 i32 i32 i32 i32 i32 i32)
  (if
    (i32.and (local.get 0) (i32.const 1))
    (then
      (if
        (i32.gt_s (local.tee 9 (i32.load align=1 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))) (i32.const 2))
        (then (return (call 4 (local.get 0) (local.get 9) (local.get 1)))))
      (local.set 2 (i32.load offset=24 align=1 (local.get 0)))
      (if
        (local.get 9)
        (then
          (local.set 5 (i32.sub (local.get 0) (i32.const 16)))
          (local.set 10 (i32.load align=1 (local.get 5)))
          (local.set 11 (i32.load offset=4 align=1 (local.get 5)))
          (local.set 12 (i32.load offset=8 align=1 (local.get 5)))))))
  (local.set 5 (i32.sub (local.get 0) (i32.const 16)))
  (if
    (i32.eqz (local.get 9))
    (then
      (local.set 10 (i32.const 1515870810))
      (local.set 11 (i32.const 1515870810))
      (local.set 12 (i32.const 1515870810))))
  (block
    (block
      (block
        (block
          (block
            (block
              (block
                (br_if 0 (local.get 9))
                (if
                  (i32.load8_u offset=$flags (i32.const 0))
                  (then
                    (i32.store offset=24 align=1 (local.get 0) (local.get 2))
                    (i32.store align=1 (local.get 0) (i32.const 0))
                    (i32.store offset=4 align=1 (local.get 0) (i32.const 0))
                    (i32.store offset=32 align=1 (i32.const 0) (i32.sub (local.get 1) (i32.const 1073741826)))
                    (br_if 0 (i32.eqz (call 1 (local.get 0))))
                    (local.set 1 (i32.sub (local.get 1) (i32.const 2)))
                    (local.set 9 (i32.const 3))
                    (br 4)))
                (local.set 12 (i32.const 0))
                (local.set 10 (i32.const 0))
                (local.set 1 (i32.sub (local.get 1) (i32.const 2))))
              (if (i32.eq (local.get 9) (i32.const 1)) (then (local.set 9 (i32.const 0))))
              (loop
                (block
                  (block
                    (br_if 0 (local.get 9))
                    (if
                      (i32.load8_u offset=$flags+2 (i32.const 0))
                      (then (local.set 1 (i32.sub (local.get 1) (i32.const 1))) (local.set 9 (i32.const 5)) (br 6)))
                    (if
                      (i32.eqz (i32.lt_s (local.get 10) (i32.const 4)))
                      (then (local.set 1 (i32.sub (local.get 1) (i32.const 1))) (br 4)))
                    (if
                      (i32.load8_u offset=$flags+3 (i32.const 0))
                      (then (local.set 1 (i32.sub (local.get 1) (i32.const 2))) (local.set 9 (i32.const 6)) (br 6)))
                    (local.set 11 (i32.const 0))
                    (local.set 1 (i32.sub (local.get 1) (i32.const 2))))
                  (local.set 9 (i32.const 0))
                  (if
                    (i32.and (i32.load8_u offset=$flags+4 (i32.const 0)) (i32.const 5))
                    (then (local.set 6 (i32.const -1)) (local.set 9 (i32.const 2)) (br 8)))
                  (loop
                    (block
                      (block
                        (if
                          (i32.eqz (i32.lt_s (local.get 11) (local.get 2)))
                          (then (local.set 1 (i32.sub (local.get 1) (i32.const 1))) (br 4)))
                        (local.set 1 (i32.sub (local.get 1) (i32.const 2)))
                        (i32.const $data)
                        (local.get 10)
                        (if
                          (i32.ge_u (local.get 10) (i32.const 4))
                          (then (local.set 7 (local.get 10)) (local.set 9 (i32.const 14)) (br 7)))
                        (local.tee 13
                          (i32.add (i32.add (i32.const 5) (i32.shl)) (i32.shl (local.get 11) (i32.const 2))))
                        (if
                          (i32.ne (i32.load8_u offset=$shadow (i32.shr_u (local.get 13) (i32.const 4))) (i32.const 1))
                          (then (local.set 7 (local.get 13)) (local.set 9 (i32.const 15)) (br 7)))
                        (br_if 0 (i32.eqz (i32.lt_s (i32.load align=1) (i32.const 0))))
                        (local.set 1 (i32.sub (local.get 1) (i32.const 1)))
                        (br 1))
                      (local.get 12)
                      (i32.const $data)
                      (local.get 10)
                      (if
                        (i32.ge_u (local.get 10) (i32.const 4))
                        (then
                          (local.set 1 (i32.sub (local.get 1) (i32.const 1)))
                          (local.set 7 (local.get 10))
                          (local.set 9 (i32.const 16))
                          (br 6)))
                      (local.tee 13 (i32.add (i32.add (i32.const 5) (i32.shl)) (i32.shl (local.get 11) (i32.const 2))))
                      (if
                        (i32.ne (i32.load8_u offset=$shadow (i32.shr_u (local.get 13) (i32.const 4))) (i32.const 1))
                        (then
                          (local.set 1 (i32.sub (local.get 1) (i32.const 1)))
                          (local.set 7 (local.get 13))
                          (local.set 9 (i32.const 17))
                          (br 6)))
                      (i32.load align=1)
                      (local.set 12 (i32.add))
                      (local.set 1 (i32.sub (local.get 1) (i32.const 1))))
                    (local.set 11 (i32.add (local.get 11) (i32.const 1)))
                    (local.set 1 (i32.sub (local.get 1) (i32.const 1)))
                    (br_if 0 (i32.ge_s (local.get 1) (i32.const 1073741824)))
                    (local.set 9 (i32.const 2))
                    (br 6)))
                (if
                  (i32.load8_u offset=$flags+9 (i32.const 0))
                  (then (local.set 1 (i32.sub (local.get 1) (i32.const 1))) (local.set 9 (i32.const 12)) (br 4)))
                (local.set 10 (i32.add (local.get 10) (i32.const 1)))
                (local.set 1 (i32.sub (local.get 1) (i32.const 1)))
                (br_if 0 (i32.ge_s (local.get 1) (i32.const 1073741824)))
                (local.set 9 (i32.const 1))
                (br 4)))
            (if
              (i32.load8_u offset=$flags+10 (i32.const 0))
              (then (local.set 1 (i32.sub (local.get 1) (i32.const 1))) (local.set 9 (i32.const 13)) (br 2)))
            (local.set 1 (i32.sub (local.get 1) (i32.const 1)))
            (return (local.get 1) (local.get 12))
            (unreachable))
          (i32.store offset=44 align=1 (i32.const 0) (local.get 7))
          (local.set 6 (i32.const 3))
          (br 2))
        (local.set 6 (i32.const 1))
        (br 1))
      (local.set 6 (i32.const 2)))
    (i32.store offset=48 align=1 (i32.const 0) (local.get 6))
    (i32.store offset=40 align=1 (i32.const 0) (local.get 0))
    (i32.store offset=32 align=1 (i32.const 0) (i32.sub (local.get 1) (i32.const 1073741824))))
  (i32.store offset=24 align=1 (local.get 0) (local.get 2))
  (i32.store align=1 (local.get 5) (local.get 10))
  (i32.store offset=4 align=1 (local.get 5) (local.get 11))
  (i32.store offset=8 align=1 (local.get 5) (local.get 12))
  (i32.store align=1 (local.get 0) (local.get 9))
  (i32.store offset=4 align=1 (local.get 0) (i32.const 0))
  (if (i32.eq (local.get 6) (i32.const -1)) (then (return (call 4 (local.get 0) (local.get 9) (local.get 1)))))
  (i32.const 0)
  (i32.const 0))

;; resumable
(func
  (type 1)
  (param i32 i32 i32)
  (result i32 i32)
  (local i32 i32 i32 i32 i32 i32 i32 i32 i32)
  (local.set 3 (i32.sub (local.get 0) (i32.const 16)))
  (local.set 7 (i32.load offset=24 align=1 (local.get 0)))
  (if
    (local.get 1)
    (then
      (local.set 8 (i32.load align=1 (local.get 3)))
      (local.set 9 (i32.load offset=4 align=1 (local.get 3)))
      (local.set 10 (i32.load offset=8 align=1 (local.get 3))))
    (else
      (block
        (block
          (br_if 0 (i32.lt_s (local.get 3) (i32.load offset=36 align=1 (i32.const 0))))
          (br_if 1 (i32.ge_s (local.get 2) (i32.const 1073741824))))
        (i32.store align=1 (local.get 0) (local.get 1))
        (i32.store offset=4 align=1 (local.get 0) (i32.const 0))
        (i32.store offset=48 align=1 (i32.const 0) (i32.const 2))
        (i32.store offset=40 align=1 (i32.const 0) (local.get 0))
        (i32.store offset=32 align=1 (i32.const 0) (i32.sub (local.get 2) (i32.const 1073741824)))
        (return (i32.const 0) (i32.const 0)))
      (local.set 8 (i32.const 1515870810))
      (local.set 9 (i32.const 1515870810))
      (local.set 10 (i32.const 1515870810))))
  (block
    (block
      (block
        (block
          (block
            (loop
              (block
                (block
                  (block
                    (block
                      (block
                        (block
                          (block
                            (block
                              (block
                                (block
                                  (block
                                    (block
                                      (block
                                        (block
                                          (block
                                            (block
                                              (block
                                                (block (br_table 0 3 6 1 2 4 5 7 8 9 11 13 15 17 0 (local.get 1)))
                                                (local.set 2 (i32.sub (local.get 2) (i32.const 2)))
                                                (if
                                                  (i32.and (i32.load8_u offset=$flags (i32.const 0)) (i32.const 1))
                                                  (then (local.set 1 (i32.const 3)) (br 20))))
                                              (local.set 10 (i32.const 0))
                                              (if
                                                (i32.and (i32.load8_u offset=$flags+1 (i32.const 0)) (i32.const 1))
                                                (then (local.set 1 (i32.const 4)) (br 19))))
                                            (local.set 8 (i32.const 0)))
                                          (local.set 2 (i32.sub (local.get 2) (i32.const 1)))
                                          (if
                                            (i32.and (i32.load8_u offset=$flags+2 (i32.const 0)) (i32.const 1))
                                            (then (local.set 1 (i32.const 5)) (br 17))))
                                        (br_if 11 (i32.eqz (i32.lt_s (local.get 8) (i32.const 4))))
                                        (local.set 2 (i32.sub (local.get 2) (i32.const 1)))
                                        (if
                                          (i32.and (i32.load8_u offset=$flags+3 (i32.const 0)) (i32.const 1))
                                          (then (local.set 1 (i32.const 6)) (br 16))))
                                      (local.set 9 (i32.const 0)))
                                    (local.set 2 (i32.sub (local.get 2) (i32.const 1)))
                                    (if
                                      (i32.and (i32.load8_u offset=$flags+4 (i32.const 0)) (i32.const 1))
                                      (then (local.set 1 (i32.const 7)) (br 14))))
                                  (br_if 6 (i32.eqz (i32.lt_s (local.get 9) (local.get 7))))
                                  (local.set 2 (i32.sub (local.get 2) (i32.const 1)))
                                  (if
                                    (i32.and (i32.load8_u offset=$flags+5 (i32.const 0)) (i32.const 1))
                                    (then (local.set 1 (i32.const 8)) (br 13))))
                                (i32.const $data)
                                (local.get 8)
                                (if
                                  (i32.ge_u (local.get 8) (i32.const 4))
                                  (then (local.set 5 (local.get 8)) (local.set 1 (i32.const 14)) (br 11)))
                                (local.tee 11
                                  (i32.add (i32.add (i32.const 5) (i32.shl)) (i32.shl (local.get 9) (i32.const 2))))
                                (if
                                  (i32.ne
                                    (i32.load8_u offset=$shadow (i32.shr_u (local.get 11) (i32.const 4)))
                                    (i32.const 1))
                                  (then (local.set 5 (local.get 11)) (local.set 1 (i32.const 15)) (br 11)))
                                (br_if 1 (i32.eqz (i32.lt_s (i32.load align=1) (i32.const 0))))
                                (local.set 2 (i32.sub (local.get 2) (i32.const 1)))
                                (if
                                  (i32.and (i32.load8_u offset=$flags+6 (i32.const 0)) (i32.const 1))
                                  (then (local.set 1 (i32.const 9)) (br 12))))
                              (br 2))
                            (local.set 2 (i32.sub (local.get 2) (i32.const 1)))
                            (if
                              (i32.and (i32.load8_u offset=$flags+7 (i32.const 0)) (i32.const 1))
                              (then (local.set 1 (i32.const 10)) (br 10))))
                          (local.get 10)
                          (i32.const $data)
                          (local.get 8)
                          (if
                            (i32.ge_u (local.get 8) (i32.const 4))
                            (then (local.set 5 (local.get 8)) (local.set 1 (i32.const 16)) (br 8)))
                          (local.tee 11
                            (i32.add (i32.add (i32.const 5) (i32.shl)) (i32.shl (local.get 9) (i32.const 2))))
                          (if
                            (i32.ne (i32.load8_u offset=$shadow (i32.shr_u (local.get 11) (i32.const 4))) (i32.const 1))
                            (then (local.set 5 (local.get 11)) (local.set 1 (i32.const 17)) (br 8)))
                          (i32.load align=1)
                          (local.set 10 (i32.add)))
                        (local.set 2 (i32.sub (local.get 2) (i32.const 1)))
                        (if
                          (i32.and (i32.load8_u offset=$flags+8 (i32.const 0)) (i32.const 1))
                          (then (local.set 1 (i32.const 11)) (br 8))))
                      (local.set 9 (i32.add (local.get 9) (i32.const 1)))
                      (local.set 1 (i32.const 2))
                      (br_if 7 (i32.eqz (i32.ge_s (local.get 2) (i32.const 1073741824))))
                      (br_if 7 (i32.eqz (i32.and (i32.load8_u offset=$flags+4 (i32.const 0)) (i32.const 5))))
                      (br 4))
                    (local.set 2 (i32.sub (local.get 2) (i32.const 1)))
                    (if
                      (i32.and (i32.load8_u offset=$flags+9 (i32.const 0)) (i32.const 1))
                      (then (local.set 1 (i32.const 12)) (br 6))))
                  (local.set 8 (i32.add (local.get 8) (i32.const 1)))
                  (local.set 1 (i32.const 1))
                  (br_if 5 (i32.eqz (i32.ge_s (local.get 2) (i32.const 1073741824))))
                  (br_if 5 (i32.eqz (i32.and (i32.load8_u offset=$flags+2 (i32.const 0)) (i32.const 1))))
                  (br 2))
                (local.set 2 (i32.sub (local.get 2) (i32.const 1)))
                (if
                  (i32.and (i32.load8_u offset=$flags+10 (i32.const 0)) (i32.const 1))
                  (then (local.set 1 (i32.const 13)) (br 4))))
              (return (local.get 2) (local.get 10))
              (unreachable))
            (unreachable))
          (i32.store offset=44 align=1 (i32.const 0) (local.get 5))
          (local.set 4 (i32.const 3))
          (br 2))
        (local.set 4 (i32.const 1))
        (br 1))
      (local.set 4 (i32.const 2)))
    (i32.store offset=48 align=1 (i32.const 0) (local.get 4))
    (i32.store offset=40 align=1 (i32.const 0) (local.get 0))
    (i32.store offset=32 align=1 (i32.const 0) (i32.sub (local.get 2) (i32.const 1073741824))))
  (i32.store offset=24 align=1 (local.get 0) (local.get 7))
  (i32.store align=1 (local.get 3) (local.get 8))
  (i32.store offset=4 align=1 (local.get 3) (local.get 9))
  (i32.store offset=8 align=1 (local.get 3) (local.get 10))
  (i32.store align=1 (local.get 0) (local.get 1))
  (i32.store offset=4 align=1 (local.get 0) (i32.const 0))
  (i32.const 0)
  (i32.const 0))
